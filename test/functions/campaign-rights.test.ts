import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writes } from '../lab/judge.ts';
import { send } from '../lab/az.ts';
import { signIn } from '../lab/bound-app.ts';
import { IMAGE, stageOf, startCampaign, untilCampaign } from '../lab/campaigns.ts';
import { startLab } from '../lab/lab.ts';
import type { Body, Lab, Reply } from '../lab/lab.ts';
import { COLUMNS, RIGHTS_CELLS } from '../lab/rights-table.ts';
import { bearerOf, FOREIGN, GRACE, OURS, policyBy, setPolicy } from '../lab/scoped.ts';
import type { By } from '../lab/scoped.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

const COMMANDS = ['pause', 'resume', 'approve', 'reject', 'skip', 'retry', 'abort', 'rollback'];
const BODIES: Readonly<Record<string, object>> = { skip: { scaleSets: [OURS] } };
const GATED = { approval: { allowRequester: false } };

/** Two scale sets, each role for one of them, and nobody signed in but by a token. */
async function withPolicy(area: By): Promise<Lab> {
  tokens.bind(false);
  const lab = await startLab({
    scaleSets: ['ours', 'foreign'].map((name) => ({ name, count: 2, tags: { Team: name } })),
  });
  const { assignments } = policyBy(area);
  // Whoever is signed in without a token may do everything.
  const everywhere = COLUMNS.filter((role) => role !== '').map((role) => ({ role, appRoles: [role] }));
  await setPolicy(lab, { rules: [], assignments: [...assignments, ...everywhere] }, 0);
  tokens.bind(true);
  return lab;
}

/** A campaign that waits for an approval, started by somebody who may do everything. */
async function waiting(lab: Lab, scaleSets: readonly string[], by = 'ada'): Promise<string> {
  tokens.bind(false);
  signIn(by);
  const id = await startCampaign(lab, [stageOf('all', scaleSets, GATED)]);
  await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
  tokens.bind(true);
  return id;
}

const as = async (lab: Lab, role: string, method: string, path: string, body?: object): Promise<Reply> =>
  tokens.ask(lab, await bearerOf(tokens, role), method, path, body);

const OF = [
  ['a campaign of theirs in their scope', [OURS], GRACE],
  ["another's campaign in their scope", [OURS], 'ada'],
  ['a campaign that reaches beyond their scope', [OURS, FOREIGN], 'ada'],
] as const;

describe.each(['scope', 'tag'] as const)('who has a role for one scale set, by its %s', (area) => {
  // Feature [Campaigns] Who may do something on every scale set of a campaign may do it to the campaign (S6)
  //   shown by: who has a role for one scale set, by its tag > may do to a campaign of theirs in their scope what the table says
  it.each(OF)('may do to %s what the table says', async (_, scaleSets, by) => {
    await using lab = await withPolicy(area);
    const id = await waiting(lab, scaleSets, by);
    const wrong: object[] = [];
    const isAllowedIn = (cell: string): boolean =>
      scaleSets.length === 1 && (cell === 'yes' || (cell === 'own' && by === GRACE));
    for (const { act, role, cell } of RIGHTS_CELLS.filter((one) => COMMANDS.includes(one.act))) {
      // What is right would be done, so whoever may is asked with what is wrong.
      const body = isAllowedIn(cell) ? { reason: 7 } : (BODIES[act] ?? {});
      const paths = act === 'rollback' ? [act, 'undo'] : [act];
      for (const path of paths) {
        const answer = await as(lab, role, 'POST', `/campaigns/${id}/${path}`, body);
        const isRefused = answer.status === 403 && answer.body.code === 'forbidden';
        if (isRefused === isAllowedIn(cell)) wrong.push({ path, role, status: answer.status });
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['requester', 'approver', 'operator'])('is told as %s what they may do next', async (role) => {
    await using lab = await withPolicy(area);
    for (const [, scaleSets, by] of OF) {
      const id = await waiting(lab, scaleSets, by);
      const { body } = await as(lab, role, 'GET', `/campaigns/${id}`);
      const next = (body.next as Body[]).map(({ command }) => command as string);
      const allowed = RIGHTS_CELLS.filter((one) => one.role === role && COMMANDS.includes(one.act)).filter(
        ({ cell }) => scaleSets.length === 1 && (cell === 'yes' || (cell === 'own' && by === GRACE)),
      );
      const possible = ['pause', 'approve', 'reject', 'skip', 'abort', 'rollback'];
      const isOwn = (act: string): boolean => act === 'approve' && by === GRACE;
      expect(next.toSorted()).toEqual(
        allowed
          .map(({ act }) => act)
          .filter((act) => possible.includes(act) && !isOwn(act))
          .toSorted(),
      );
      await lab.host.advance(1000);
      tokens.bind(false);
      await lab.call('POST', `/campaigns/${id}/abort`, {});
      await untilCampaign(lab, id, ({ phase }) => phase === 'cancelled');
      tokens.bind(true);
    }
  });

  // Feature [Campaigns] A campaign shows each caller only the scale sets that they may read (S6)
  //   shown by: who has a role for one scale set, by its tag > reads no other scale set of a campaign
  it('reads no other scale set of a campaign', async () => {
    await using lab = await withPolicy(area);
    const both = await waiting(lab, [OURS, FOREIGN]);
    const foreign = await waiting(lab, [FOREIGN]);
    const { body } = await as(lab, 'viewer', 'GET', `/campaigns/${both}`);
    expect(body.members.map(({ scaleSet }: Body) => scaleSet)).toEqual([OURS]);
    expect(body.scaleSets).toMatchObject({ total: 1, pending: 1 });
    expect(body.stages[0].scaleSets).toMatchObject({ total: 1 });
    for (const path of ['', '/events'])
      expect((await as(lab, 'viewer', 'GET', `/campaigns/${foreign}${path}`)).status).toBe(403);
    const list = await as(lab, 'viewer', 'GET', '/campaigns');
    expect(list.body.value.map(({ id }: Body) => id)).toEqual([both]);
    tokens.bind(false);
    await lab.call('POST', `/campaigns/${both}/skip`, { scaleSets: [FOREIGN] });
    await untilCampaign(lab, both, ({ scaleSets }) => scaleSets.skipped === 1);
    tokens.bind(true);
    const events = await as(lab, 'viewer', 'GET', `/campaigns/${both}/events`);
    expect(JSON.stringify(events.body)).not.toContain('foreign');
  });

  // Feature [Campaigns] Starting a campaign takes the right to start a rollout on every scale set of it (S6)
  //   shown by: who has a role for one scale set, by its scope > starts a campaign of it, and none of others
  it('starts a campaign of it, and none of others', async () => {
    await using lab = await withPolicy(area);
    const start = (role: string, stages: readonly object[]) =>
      as(lab, role, 'POST', '/campaigns', { name: 'x', change: IMAGE, stages });
    for (const role of ['viewer', 'approver', 'admin'])
      expect((await start(role, [stageOf('all', [OURS])])).status).toBe(403);
    const everything = [{ name: 'all', groups: [{ name: 'all', tags: { team: 'foreign' } }] }];
    for (const stages of [[stageOf('all', [OURS, FOREIGN])], everything])
      expect(await start('operator', stages)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await lab.store.documents.list('campaigns', 'live')).toEqual([]);
    const { status, body } = await start('requester', [stageOf('all', [OURS])]);
    expect(status).toBe(202);
    tokens.bind(false);
    const ended = await untilCampaign(lab, body.id, ({ phase }) => phase === 'succeeded');
    expect(ended).toMatchObject({ requestedBy: GRACE, scaleSets: { succeeded: 1 } });
    expect(await lab.get(ended.members[0].rolloutId)).toMatchObject({ requestedBy: GRACE });
  });

  it('is shown by a plan what it would do there, and how many more there are', async () => {
    await using lab = await withPolicy(area);
    const spec = { name: 'x', change: IMAGE, stages: [stageOf('all', [OURS, FOREIGN])] };
    const { body } = await as(lab, 'operator', 'POST', '/campaign-plans', spec);
    expect(body).toMatchObject({ total: 1, planned: 1, hidden: 1 });
    expect(JSON.stringify(body)).not.toContain('foreign');
  });
});

it('begins nothing on a scale set that is found only after the start, where its starter has no right', async () => {
  await using lab = await withPolicy('scope');
  // It is let through, and then waits for Azure before it begins.
  lab.sim.inject({ kind: 'throttle', operation: 'images', nth: 2, retryAfterSeconds: 60 });
  const change = { image: { version: 'latest' } };
  const stages = [{ name: 'all', groups: [{ name: 'all', tags: { team: 'ours' } }] }];
  const { status, body } = await as(lab, 'operator', 'POST', '/campaigns', {
    name: 'x',
    change,
    stages,
  });
  expect(status).toBe(202);
  const headers = { 'content-type': 'application/json' };
  await send(
    lab,
    new Request(`https://management.azure.com${FOREIGN}?api-version=2024-07-01`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ tags: { Team: 'ours' } }),
    }),
  );
  const before = writes(lab.log).length;
  tokens.bind(false);
  const refused = await untilCampaign(lab, body.id, ({ phase }) => phase === 'refused');
  expect(refused.failure).toMatchObject({ code: 'forbidden' });
  expect(writes(lab.log)).toHaveLength(before);
});
