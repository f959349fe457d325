import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../local/issuer/tokens.ts';
import { acquireLease, readLease } from '../../src/store/leases.ts';
import { takeTurn } from '../../src/store/queue.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { createMemoryStore } from '../lab/memory-store.ts';
import { ofPipeline, turn } from '../lab/queue-sweep.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

const NOW = '2026-11-21T08:00:00.000Z';

describe('the queue of a scale set', () => {
  it('keeps both of two who join in the same moment', async () => {
    const store = createMemoryStore();
    await acquireLease(store, { scaleSet: WEB, rolloutId: 'holder', since: NOW });
    const join = (rolloutId: string) =>
      takeTurn(store, { scaleSet: WEB, queued: { rolloutId, by: 'ada', since: NOW }, now: NOW });
    const both = await Promise.all([join('one'), join('other')]);
    expect(new Set(both.map((one) => one.kind === 'queued' && one.place))).toEqual(new Set([1, 2]));
    const { queue = [] } = (await readLease(store, WEB)) ?? {};
    expect(new Set(queue.map(({ rolloutId }) => rolloutId))).toEqual(new Set(['one', 'other']));
  });

  it('does not lose whoever joins while the holder lets go', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start({ scaleSet: WEB, change: {} });
    const replace = lab.store.documents.replace.bind(lab.store.documents);
    let second: string | undefined;
    Object.assign(lab.store.documents, {
      replace: async (...[key, value, etag]: Parameters<typeof replace>) => {
        if (key.table === 'leases' && second === undefined) {
          second = '';
          second = await lab.start(turn('two'));
        }
        return replace(key, value, etag);
      },
    });
    await lab.toEnd(first);
    expect(second).toMatch(/\w/);
    expect((await lab.toEnd(second ?? '')).phase).toBe('succeeded');
  });

  it('of a start that died goes to the others after a while', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start({ approvals: { before: 'rollout' } });
    const queued = { rolloutId: '20261121-080000-00000000', by: 'ada', since: NOW };
    await takeTurn(lab.store, { scaleSet: WEB, queued, now: NOW });
    const third = await lab.start(turn('three'));
    expect((await lab.get(third)).waitingFor.place).toBe(2);
    await lab.host.advance(240_000);
    await lab.host.fireTimer('reviveRollouts');
    await lab.host.advance(90_000);
    expect((await lab.get(third)).waitingFor.place).toBe(1);
    const { value } = (await lab.call('GET', '/leases')).body;
    expect(value).toMatchObject([{ rolloutId: first, waiting: [third] }]);
  });
});

describe('whoever takes the place of others', () => {
  let tokens: Tokens;
  beforeAll(async () => {
    tokens = await startTokens();
  });
  afterAll(async () => {
    await tokens[Symbol.asyncDispose]();
  });

  async function startAs(lab: Lab, subject: Subject, spec: object): Promise<Body> {
    const bearer = await tokens.sign(subject);
    const reply = await tokens.ask(lab, bearer, 'POST', '/rollouts', { scaleSet: WEB, ...spec });
    expect(reply.status).toBe(202);
    return reply.body;
  }

  // Feature [Queue] Only whoever may abort a rollout takes its place in the queue (S6, issue 17)
  //   shown by: whoever takes the place of others > has to be allowed to abort them: requester
  it.each([
    ['requester', 2],
    ['operator', 1],
  ] as const)('has to be allowed to abort them: %s', async (role, place) => {
    await using lab = await startLab({ count: 2 });
    await startAs(lab, { user: 'ada', roles: ['requester'] }, turn('one'));
    await startAs(lab, { user: 'ada', roles: ['requester'] }, ofPipeline('old'));
    const newer = await startAs(lab, { user: 'bob', roles: [role] }, ofPipeline('newer'));
    expect(newer.waitingFor).toMatchObject({ kind: 'queue', place });
  });
});
