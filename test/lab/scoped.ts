import { expect } from 'vitest';
import { idOf } from '../../local/issuer/tokens.ts';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { signIn } from './bound-app.ts';
import { NEW, scaleSetId, startLab } from './lab.ts';
import type { Body, Lab, LabOptions } from './lab.ts';
import { COLUMNS, COMMAND_BODIES, RIGHTS_CELLS } from './rights-table.ts';
import type { Tokens } from './signed.ts';

export const [OURS, FOREIGN] = [scaleSetId('ours'), scaleSetId('foreign')];

/** How the one scale set is told from the other one: by its id, or by a tag that both of them have. */
export type By = 'scope' | 'tag';

const AREAS = { scope: { scopes: [OURS] }, tag: { tags: { team: ['ours'] } } } as const;

/** Each role by a group of its own, on one scale set; the app role of the same name gives nothing. */
export const policyBy = (by: By) => ({
  rules: [],
  assignments: COLUMNS.filter((role) => role !== '').map((role) => ({
    role,
    principals: [idOf(`group ${role}`)],
    ...AREAS[by],
  })),
});

/** Reads the tag, so that a rollout keeps it, and asks for nothing. */
const READS_TAG = { rules: [{ name: 'idle', ...AREAS.tag, leastQuorum: 1 }] };

export const bearerOf = (tokens: Tokens, role: string): Promise<string> =>
  tokens.sign({ user: 'grace', roles: [], groups: [idOf(`group ${role}`)] });

export const GRACE = `grace@local.example (${idOf('user grace')})`;

export interface Scene {
  readonly phase: string;
  readonly spec?: object;
  readonly options?: LabOptions;
  /** What happens as soon as it is accepted. */
  readonly fault?: FaultInput;
  /** What is sent before it shows the phase, and when. */
  readonly send?: readonly [at: string, command: string];
}

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
/** It never gets well again, on the old model either. */
const STUCK: FaultInput = { kind: 'sickInstance', instances: ['1'], fromSeconds: 240 };

export const SCENES: readonly Scene[] = [
  { phase: 'accepted' },
  { phase: 'planning', fault: { kind: 'unreachable', fromSeconds: 0, untilSeconds: 1800 } },
  { phase: 'waiting', spec: { approvals: { before: 'rollout', allowRequester: false } } },
  { phase: 'applyingModel' },
  { phase: 'upgrading' },
  { phase: 'settling' },
  { phase: 'soaking', spec: { soakSeconds: 600 } },
  { phase: 'paused', send: ['upgrading', 'pause'] },
  { phase: 'rollingBack', send: ['soaking', 'rollback'], spec: { soakSeconds: 600 } },
  { phase: 'succeeded' },
  { phase: 'rolledBack', send: ['soaking', 'rollback'], spec: { soakSeconds: 600 } },
  { phase: 'halted', options: { faults: [{ kind: 'badImage', version: NEW }] }, spec: { onFailure: 'halt' } },
  {
    phase: 'failed',
    options: { faults: [BAD, STUCK] },
    spec: { health: { timeoutSeconds: 120 } },
  },
  { phase: 'refused', spec: { targets: { instances: ['77'] } } },
  { phase: 'rejected', send: ['waiting', 'reject'], spec: { approvals: { before: 'rollout' } } },
  { phase: 'cancelled', send: ['upgrading', 'abort'] },
];

const CELLS = RIGHTS_CELLS.filter(({ act }) => act in COMMAND_BODIES);

const COMMANDS_ASKED = Object.keys(COMMAND_BODIES);

interface Stage extends AsyncDisposable {
  readonly lab: Lab;
  readonly id: string;
}

export interface Rollout {
  readonly scaleSet: string;
  readonly by: string;
  readonly area?: By;
}

/** One rollout in its phase; it is begun before the policy is set, by hand. */
export async function staged(
  tokens: Tokens,
  scene: Scene,
  { scaleSet, by, area = 'scope' }: Rollout,
): Promise<Stage> {
  const { phase, spec = {}, options, fault, send } = scene;
  tokens.bind(false);
  const lab = await startLab({
    scaleSets: ['ours', 'foreign'].map((name) => ({ name, count: 5, tags: { Team: name } })),
    ...options,
  });
  signIn(by);
  if (area === 'tag') await setPolicy(lab, READS_TAG, 0);
  const id = await lab.start({ scaleSet, ...spec });
  if (fault !== undefined) lab.sim.inject(fault);
  if (send !== undefined) {
    await lab.until(id, send[0]);
    await lab.send(id, send[1], {}, by);
  }
  if (phase !== 'accepted') await lab.until(id, phase);
  await setPolicy(lab, policyBy(area), area === 'tag' ? 1 : 0);
  tokens.bind(true);
  return { lab, id, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}

export async function setPolicy(lab: Lab, policy: object, after: number): Promise<void> {
  const put = await lab.call('PUT', '/policy', { policy }, { 'if-match': `"policy-${after}"` });
  expect(put.status).toBe(200);
}

export const OWNERS = [
  ['their own rollout in their scope', OURS, GRACE],
  ["another's rollout in their scope", OURS, 'ada'],
  ['their own rollout in a foreign scope', FOREIGN, GRACE],
  ["another's rollout in a foreign scope", FOREIGN, 'ada'],
] as const;

/**
 * Asks every command as every role, and what each may do next; answers with what is not as the table says. Nothing is
 * changed by it.
 */
export async function wrongCells(tokens: Tokens, scene: Scene, rollout: Rollout): Promise<readonly object[]> {
  await using stage = await staged(tokens, scene, rollout);
  const { lab, id } = stage;
  const commands = () => lab.store.documents.list('rollouts', id, { after: 'command-', before: 'command.' });
  const before = await commands();
  const wrong: object[] = [];
  for (const { act, role, cell } of CELLS) {
    const isAllowed = isAllowedIn(cell, rollout);
    // What is right would be done; whose rollout it is is judged only of what is right.
    const body = isAllowed ? { reason: 7 } : COMMAND_BODIES[act];
    const bearer = await bearerOf(tokens, role);
    const answer = await tokens.ask(lab, bearer, 'POST', `/rollouts/${id}/${act}`, body);
    const isRefused = answer.status === 403 && answer.body.code === 'forbidden';
    if (isRefused === isAllowed) wrong.push({ act, role, status: answer.status, code: answer.body.code });
  }
  wrong.push(...(await wrongNext(tokens, stage, rollout)));
  expect(await commands()).toEqual(before);
  return wrong;
}

function isAllowedIn(cell: string, { scaleSet, by }: Rollout): boolean {
  return scaleSet === OURS && (cell === 'yes' || (cell === 'own' && by === GRACE));
}

/** What a rollout tells each role that they may do next, and why not the rest: together the same for everybody. */
async function wrongNext(tokens: Tokens, { lab, id }: Stage, rollout: Rollout): Promise<readonly object[]> {
  const wrong: object[] = [];
  const possible = new Set<string>();
  for (const role of COLUMNS) {
    const { status, body } = await tokens.ask(lab, await bearerOf(tokens, role), 'GET', `/rollouts/${id}`);
    if (role === '' || rollout.scaleSet !== OURS) {
      if (status !== 403) wrong.push({ role, status });
      continue;
    }
    const mayDo = ((body.next ?? []) as readonly Body[]).map(({ command }) => command as string);
    const mayNot = new Map(
      ((body.denied ?? []) as readonly Body[]).map(({ command, message }) => [command as string, message]),
    );
    possible.add(COMMANDS_ASKED.filter((one) => mayDo.includes(one) || mayNot.has(one)).join(' '));
    for (const { act, cell } of CELLS.filter((one) => one.role === role)) {
      const isAllowed = isAllowedIn(cell, rollout);
      const isOwnApproval = act === 'approve' && rollout.by === GRACE;
      if (mayDo.includes(act) && !isAllowed) wrong.push({ role, next: act });
      if (mayNot.has(act) && isAllowed && !isOwnApproval) wrong.push({ role, denied: act });
      if (mayNot.has(act) && !/\w{3}/.test(mayNot.get(act))) wrong.push({ role, unsaid: act });
    }
  }
  if (possible.size > 1) wrong.push({ possible: [...possible] });
  return wrong;
}
