import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../../local/simulator/log/judge.ts';
import type { StepDefinition } from '../../../src/activities/define-step.ts';
import type { StepInput } from '../../../src/activities/frame/input.ts';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import { drainOperations } from '../../../src/activities/steps/drain-operations.ts';
import { restoreGuards } from '../../../src/activities/steps/restore-guards.ts';
import { holdGuards } from '../../../src/activities/steps/hold-guards.ts';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import type { ComputeWrites } from '../../../src/azure/port.ts';
import { openDesk } from '../../lab/desk.ts';
import type { Desk } from '../../lab/desk.ts';
import { interceptWrites } from '../../lab/intercept.ts';
import { kept } from '../../lab/kept.ts';
import { WEB } from '../../lab/names.ts';
import { atCommit, isIntent } from '../../lab/records.ts';
import { allUpgraded, askedForQuarantine, REPAIRING } from '../support/scenes.ts';
import { onceIntended } from '../support/interference.ts';
import { modelApplied, WRITERS } from '../support/writers.ts';
import type { Writer } from '../support/writers.ts';

interface Kind {
  readonly name: string;
  /** What of the compute port it calls. */
  readonly sends: keyof ComputeWrites;
  readonly step: StepDefinition;
  readonly direction: StepInput['direction'];
  readonly ready: () => Promise<Desk>;
}

async function beforeFirstWrite(spec: object = {}, set: object = {}): Promise<Desk> {
  const desk = await openDesk({ ...spec }, set);
  await desk.until(planRollout, 0, 'forward');
  await desk.until(openGate, 0, 'forward');
  return desk;
}

const EXTENSION = {
  name: 'app',
  properties: { publisher: 'p', type: 'CustomScript', typeHandlerVersion: '2.1', settings: { n: 1 } },
};

const OTHERS: readonly Kind[] = [
  {
    name: 'applyModel, of an extension,',
    sends: 'patchExtension',
    step: applyModel,
    direction: 'forward',
    ready: () =>
      beforeFirstWrite(
        { change: { extensions: [{ name: 'app', settings: { n: 2 } }] } },
        { extensions: [EXTENSION] },
      ),
  },
  {
    name: 'holdGuards',
    sends: 'setRepairs',
    step: holdGuards,
    direction: 'forward',
    ready: () => beforeFirstWrite({}, REPAIRING),
  },
  {
    name: 'restoreGuards, of repairs,',
    sends: 'setRepairs',
    step: restoreGuards,
    direction: 'stop',
    ready: async () => {
      const desk = await beforeFirstWrite({}, REPAIRING);
      await desk.until(holdGuards, 0, 'forward');
      return desk;
    },
  },
  {
    name: 'restoreGuards, of the policy,',
    sends: 'patchModel',
    step: restoreGuards,
    direction: 'forward',
    ready: () => allUpgraded(),
  },
  {
    name: 'settleBatch, which protects an instance,',
    sends: 'protectInstance',
    step: settleBatch,
    direction: 'forward',
    ready: () => askedForQuarantine(),
  },
];

const ACTIONS = ['restart', 'redeploy', 'reimage', 'powerOff', 'deallocate', 'start', 'delete', 'protect'];

async function readyToAct(action: string): Promise<Desk> {
  const strategy = { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true };
  // Protection is written one instance at a time, all other actions for a batch at once.
  const targets = action === 'protect' ? { instances: ['2'] } : { updateDomains: [2] };
  const desk = await openDesk({ change: { action }, strategy, targets });
  if (action === 'start') await switchOff(desk, ['2', '7', '12']);
  for (const step of [planRollout, openGate, applyModel]) await desk.until(step, 0, 'forward');
  return desk;
}

async function switchOff(desk: Desk, instanceIds: readonly string[]): Promise<void> {
  const url = `http://127.0.0.1${WEB}/deallocate?api-version=2026-04-01`;
  const headers = { 'content-type': 'application/json' };
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify({ instanceIds }) });
  expect((await desk.sim.fetch(request)).status).toBe(202);
  desk.pass(300);
}

const OF_ACTIONS: readonly Kind[] = ACTIONS.map((action) => ({
  name: `upgradeBatch, of the action ${action},`,
  sends: action === 'protect' ? 'protectInstance' : 'act',
  step: upgradeBatch,
  direction: 'forward',
  ready: () => readyToAct(action),
}));

const SENDS = {
  patch: 'patchModel',
  manualupgrade: 'act',
  attachDetachDataDisks: 'changeDisks',
} as const satisfies Record<Writer['operation'], keyof ComputeWrites>;

/** Every kind of write that the app knows. */
const KINDS: readonly Kind[] = [
  ...WRITERS.map((writer) => ({ ...writer, sends: SENDS[writer.operation] })),
  ...OTHERS,
  ...OF_ACTIONS,
  {
    name: 'applyModel, of the capacity,',
    sends: 'patchModel',
    step: applyModel,
    direction: 'forward',
    ready: () => beforeFirstWrite({ change: { capacity: 18 } }),
  },
];

it('knows every kind of write that the port has, and every action', () => {
  const port = readFileSync(new URL('../../../src/azure/port.ts', import.meta.url), 'utf8');
  const [, body = ''] = /interface ComputeWrites \{([\s\S]*?)\n\}/.exec(port) ?? [];
  const methods = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  expect(methods.length).toBeGreaterThan(4);
  expect(new Set(KINDS.map(({ sends }) => sends))).toEqual(new Set(methods));
  const table = readFileSync(new URL('../../../src/core/actions/table.ts', import.meta.url), 'utf8');
  const [, rows = ''] = /ACTIONS = \{([\s\S]*?)\n\}/.exec(table) ?? [];
  const actions = [...rows.matchAll(/^ {2}(\w+)[,:]/gm)].map(([, name]) => name);
  expect(new Set([...ACTIONS, 'upgrade', 'dataDisks'])).toEqual(new Set(actions));
});

const TWELVE_MINUTES = 720;

/** The first write stands still between the last look and its request, and something happens meanwhile; answers which it was. */
function stall(desk: Desk, meanwhile: () => Promise<void>): () => keyof ComputeWrites | undefined {
  let stalled: keyof ComputeWrites | undefined;
  const standStill = async (name: keyof ComputeWrites): Promise<void> => {
    if (stalled !== undefined) return;
    stalled = name;
    desk.pass(TWELVE_MINUTES);
    await meanwhile();
  };
  interceptWrites(desk.ports.compute, (port) => {
    const late = (name: keyof ComputeWrites) => {
      const send = port[name] as (...given: readonly unknown[]) => Promise<unknown>;
      return [
        name,
        async (...given: readonly unknown[]) => standStill(name).then(() => send(...given)),
      ] as const;
    };
    return Object.fromEntries((Object.keys(port) as (keyof ComputeWrites)[]).map((name) => late(name)));
  });
  return () => stalled;
}

/** Another run of the workflow's steps, until it has sent the write itself. */
async function goOn(desk: Desk, { step, direction }: Kind): Promise<void> {
  const before = desk.writes();
  for (let round = 0; round < 20 && desk.writes() === before; round += 1) {
    await desk.run(step, 0, direction);
    if (desk.writes() > before) return;
    if (step.name === 'upgradeBatch') await desk.run(settleBatch, 0, direction);
    if (step.name === 'restoreModel') await desk.run(drainOperations, 0, direction);
    desk.pass(10);
  }
}

describe.each(KINDS)('$name that stands still for twelve minutes', (kind) => {
  const { step, direction, ready, sends } = kind;

  it('sends nothing, and leaves all to the next run', async () => {
    const desk = await ready();
    const before = desk.writes();
    const stalled = stall(desk, async () => undefined);
    const answer = await desk.run(step, 0, direction);
    expect(stalled()).toBe(sends);
    expect(desk.writes()).toBe(before);
    expect(['wait', 'again']).toContain(answer.kind);
    await goOn(desk, kind);
    expect(desk.writes()).toBe(before + 1);
  });

  it('sends nothing when it stood still for eleven seconds between its intent and its last look', async () => {
    const desk = await ready();
    const before = desk.writes();
    let isDue = true;
    const free = atCommit(desk.store, async (change, commit) => {
      const done = await commit(change);
      if (isDue && isIntent(change)) {
        isDue = false;
        desk.pass(11);
      }
      return done;
    });
    await desk.run(step, 0, direction);
    expect([isDue, desk.writes()]).toEqual([false, before]);
    free();
    await goOn(desk, kind);
    expect(desk.writes()).toBe(before + 1);
  });

  it('sends nothing and moves no row where another run went on', async () => {
    const desk = await ready();
    const before = desk.writes();
    let left: ReadonlyMap<string, unknown> | undefined;
    const stalled = stall(desk, async () => {
      await goOn(desk, kind);
      expect(desk.writes()).toBe(before + 1);
      left = await kept(desk.store);
    });
    await expect(desk.run(step, 0, direction)).rejects.toThrow(/somebody else|has moved/);
    expect(stalled()).toBe(sends);
    expect(desk.writes()).toBe(before + 1);
    expect(await kept(desk.store)).toEqual(left);
  });
});

it('undoes nothing of a run that took over while it stood still', async () => {
  const desk = await modelApplied();
  const before = desk.writes();
  onceIntended(desk, async () => {
    desk.pass(120);
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({ kind: 'again' });
    expect(await desk.until(upgradeBatch, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before + 1);
  });
  await expect(desk.run(upgradeBatch, 0, 'forward')).rejects.toThrow(/somebody else/);
  for (let round = 0; round < 3; round += 1) {
    if ((await desk.until(settleBatch, 0, 'forward')).kind === 'done') break;
    await desk.until(upgradeBatch, 0, 'forward');
  }
  expect(acceptedUpgradesPerInstance(desk.sim.log)).toEqual({ '0': 1, '5': 1, '10': 1 });
});
