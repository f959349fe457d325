import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageOf } from '../lab/campaigns.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { NAME, put, settle, tick } from '../lab/schedules.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

const AGENTS = WEB.replace(/web$/, 'agents');

/** Two scale sets; on one of them the pipelines run that deploy the app. */
async function withHosts(): Promise<Lab> {
  const scaleSets = ['web', 'agents'].map((name) => ({ name, count: 3 }));
  const lab = await startLab({ scaleSets });
  tokens.bind(false);
  const policy = { rules: [], hosts: [AGENTS.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')] };
  expect((await lab.call('PUT', '/policy', { policy }, { 'if-match': '"policy-0"' })).status).toBe(200);
  tokens.bind(true);
  return lab;
}

describe('a scale set that the app or its pipelines run on', () => {
  const spec = { scaleSet: AGENTS, change: { image: { version: NEW } } };
  const [, , subscription = '', , group = ''] = WEB.split('/');

  // Feature [Control] What the app or its pipelines run on is rolled out to only by an admin (S34)
  it('is rolled out to only by an admin, who starts rollouts besides', async () => {
    await using lab = await withHosts();
    for (const roles of [['requester'], ['operator'], ['viewer', 'requester', 'approver', 'operator']]) {
      const bearer = await tokens.sign({ user: 'grace', roles });
      for (const [path, body] of [
        ['/rollouts', spec],
        [`/scale-sets/${subscription}/${group}/agents/restart`, {}],
      ] as const) {
        const answer = await tokens.ask(lab, bearer, 'POST', path, body);
        expect(answer, path).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        expect(answer.body.detail).toContain('you need the role admin to roll out to what the app');
      }
    }
    expect(lab.log.filter(({ kind }) => kind === 'request')).toEqual([]);
    const alone = await tokens.sign({ user: 'root', roles: ['admin'] });
    expect((await tokens.ask(lab, alone, 'POST', '/rollouts', spec)).status).toBe(403);
    const both = await tokens.sign({ user: 'root', roles: ['admin', 'operator'] });
    expect((await tokens.ask(lab, both, 'POST', '/rollouts', spec)).status).toBe(202);
  });

  // Feature [Control] A scale set says beforehand what a caller may not do with it, also by the policy (S6, S34)
  it('says so beforehand, to whoever is no admin', async () => {
    await using lab = await withHosts();
    const look = async (name: string, roles: readonly string[]) =>
      (
        await tokens.ask(
          lab,
          await tokens.sign({ user: 'grace', roles }),
          'GET',
          `/scale-sets/${subscription}/${group}/${name}`,
        )
      ).body.denied;
    const message = expect.stringContaining('you need the role admin');
    expect(await look('agents', ['operator'])).toEqual([{ act: 'start', message }]);
    expect(await look('agents', ['operator', 'admin'])).toBeUndefined();
    expect(await look('web', ['operator'])).toBeUndefined();
  });

  it('changes nothing for the others', async () => {
    await using lab = await withHosts();
    const bearer = await tokens.sign({ user: 'grace', roles: ['requester'] });
    expect((await tokens.ask(lab, bearer, 'POST', '/rollouts', { ...spec, scaleSet: WEB })).status).toBe(202);
  });

  it('is left alone by a campaign, unless an admin has started it', async () => {
    await using lab = await withHosts();
    const operator = await tokens.sign({ user: 'grace', roles: ['operator', 'requester', 'viewer'] });
    const campaign = { name: 'all', change: spec.change, stages: [stageOf('all', [AGENTS])] };
    const { status, body } = await tokens.ask(lab, operator, 'POST', '/campaigns', campaign);
    expect(status).toBe(202);
    await lab.host.advance(6 * 3600_000);
    const shown = await tokens.ask(lab, operator, 'GET', `/campaigns/${body.id}`);
    expect(JSON.stringify(shown.body)).toContain('you need the role admin');
    expect(writes(lab.log)).toEqual([]);
  });

  it('is left alone by every schedule', async () => {
    await using lab = await withHosts();
    tokens.bind(false);
    expect((await put(lab, { scaleSets: [AGENTS, WEB] })).status).toBe(200);
    await tick(lab);
    const ends = await settle(lab);
    expect(ends).toEqual(['succeeded']);
    const { body } = await lab.call('POST', `/schedules/${NAME}/run`);
    expect(JSON.stringify(body)).toContain('you need the role admin');
    await lab.host.advance(3600_000);
    const touched = writes(lab.log).map(({ path }) => /virtualMachineScaleSets\/(\w+)/.exec(path)?.[1]);
    expect(new Set(touched)).toEqual(new Set(['web']));
  });
});
