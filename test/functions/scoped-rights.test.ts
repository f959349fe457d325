import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../local/issuer/tokens.ts';
import { NEW } from '../lab/lab.ts';
import { COLUMNS } from '../lab/rights-table.ts';
import { bearerOf, FOREIGN, OURS, OWNERS, staged, wrongCells } from '../lab/scoped.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

describe.each(['scope', 'tag'] as const)('who has a role for one scale set, by its %s', (area) => {
  // Feature [Control] Roles may be given for scale sets by tag: every role and command, own or another's rollout (S6)
  //   shown by: who has a role for one scale set, by its tag > may do what the table says to their own rollout in their scope
  it.each(OWNERS)('may do what the table says to %s', async (_, scaleSet, by) => {
    const waiting = { phase: 'waiting', spec: { approvals: { before: 'rollout', allowRequester: false } } };
    expect(await wrongCells(tokens, waiting, { scaleSet, by, area })).toEqual([]);
  });
});

describe.each(['scope', 'tag'] as const)('who has roles for one scale set alone, by its %s', (area) => {
  const everything = async (): Promise<string> =>
    tokens.sign({
      user: 'grace',
      roles: ['viewer', 'requester', 'approver', 'operator'],
      groups: COLUMNS.map((role) => idOf(`group ${role}`)),
    });
  const scene = { phase: 'waiting', spec: { approvals: { before: 'rollout' } } };

  // Feature [Control] Whoever has roles for some scale sets sees no other one, and none of its rollouts (S6)
  //   shown by: who has roles for one scale set alone, by its tag > sees nothing of others
  it('sees nothing of others', async () => {
    await using stage = await staged(tokens, scene, { scaleSet: FOREIGN, by: 'ada', area });
    const { lab, id } = stage;
    const bearer = await everything();
    const read = (path: string) => tokens.ask(lab, bearer, 'GET', path);
    for (const path of ['', '/plan', '/instances', '/events', '/explanation', '/rollback-plan'])
      expect((await read(`/rollouts/${id}${path}`)).status, path).toBe(403);
    expect((await read('/rollouts')).body).toEqual({ value: [] });
    expect((await read('/leases')).body).toEqual({ value: [], guardsLeft: [] });
    const sets = (await read('/scale-sets')).body.value as readonly { readonly name: string }[];
    expect(sets.map(({ name }) => name)).toEqual(['ours']);
    const [, , subscription, , group] = FOREIGN.split('/');
    const set = (name: string): string => `/scale-sets/${subscription}/${group}/${name}`;
    for (const path of ['', '/instances', '/instances/0']) {
      expect((await read(`${set('foreign')}${path}`)).status).toBe(403);
      expect((await read(`${set('ours')}${path}`)).status).toBe(200);
    }
  });

  it('starts nothing elsewhere, and no more is asked of Azure for that than the tags', async () => {
    await using stage = await staged(tokens, scene, { scaleSet: OURS, by: 'ada', area });
    const { lab } = stage;
    const bearer = await everything();
    const before = lab.log.filter(({ kind }) => kind === 'request').length;
    const tagReads = area === 'tag' ? 3 : 0;
    const [, , subscription, , group] = FOREIGN.split('/');
    for (const [path, body] of [
      ['/rollouts', { scaleSet: FOREIGN, change: { image: { version: NEW } } }],
      ['/plans', { scaleSet: FOREIGN, change: { image: { version: NEW } } }],
      [`/scale-sets/${subscription}/${group}/foreign/restart`, {}],
    ] as const)
      expect(await tokens.ask(lab, bearer, 'POST', path, body), path).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    expect(lab.log.filter(({ kind }) => kind === 'request')).toHaveLength(before + tagReads);
  });

  it('does nothing that concerns all of the app, and takes over no foreign lease', async () => {
    await using stage = await staged(tokens, scene, { scaleSet: FOREIGN, by: 'ada', area });
    const { lab } = stage;
    const [lease] = await lab.store.documents.list('leases', 'leases');
    const bearer = await everything();
    for (const [method, path, body] of [
      ['POST', '/freeze', { reason: 'x' }],
      ['DELETE', '/freeze', { reason: 'x' }],
      ['GET', '/audit', undefined],
      ['GET', '/audit/anchors', undefined],
      ['PUT', '/policy', {}],
      ['PUT', '/schedules/monthly', {}],
      ['POST', `/leases/${lease?.row}/take-over`, {}],
    ] as const)
      expect((await tokens.ask(lab, bearer, method, path, body)).status, path).toBe(403);
  });

  // Feature [Control] The app role admin sets the policy whatever it says, so that nobody locks everybody out (S6)
  //   shown by: who has roles for one scale set alone, by its tag > leaves the policy to the app role admin, and the app role does nothing else
  it('leaves the policy to the app role admin, and the app role does nothing else', async () => {
    await using stage = await staged(tokens, scene, { scaleSet: OURS, by: 'ada', area });
    const { lab, id } = stage;
    const admin = await tokens.sign({ user: 'root', roles: ['admin'] });
    expect((await tokens.ask(lab, admin, 'POST', '/freeze', { reason: 'x' })).status).toBe(403);
    const headers = { authorization: `Bearer ${admin}`, 'if-match': `"policy-${area === 'tag' ? 2 : 1}"` };
    expect((await lab.call('PUT', '/policy', { policy: { rules: [] } }, headers)).status).toBe(200);
    // From the next request on roles count as before.
    const reader = await tokens.sign({ user: 'eve', roles: ['viewer'] });
    expect((await tokens.ask(lab, reader, 'GET', `/rollouts/${id}`)).status).toBe(200);
    expect((await tokens.ask(lab, await bearerOf(tokens, 'viewer'), 'GET', `/rollouts/${id}`)).status).toBe(
      403,
    );
  });
});
