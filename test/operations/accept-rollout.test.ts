import { describe, expect, it, test } from 'vitest';
import type { Lease } from '../../src/core/record/lease.ts';
import { acquireLease, readLease, releaseLease } from '../../src/store/leases.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { createMemoryStore } from '../lab/memory-store.ts';

const SPEC = { scaleSet: WEB, change: { image: { version: NEW } } };

function post(lab: Lab, key?: string, body: unknown = SPEC): ReturnType<Lab['call']> {
  return lab.call('POST', '/rollouts', body, key === undefined ? {} : { 'idempotency-key': key });
}

it('accepts a rollout, and says where to follow it', async () => {
  await using lab = await startLab();
  const { status, headers, body } = await post(lab);
  expect(status).toBe(202);
  expect(body).toMatchObject({
    scaleSet: WEB,
    phase: 'accepted',
    requestedBy: 'ada',
    createdAt: '2026-11-21T08:00:00.000Z',
    endedAt: null,
    batches: [],
    instances: { total: 0 },
  });
  expect(headers.get('location')).toBe(`/api/rollouts/${body.id}`);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(writes(lab.log)).toEqual([]);
});

describe('an Idempotency-Key', () => {
  it('with the same body again is answered with the same rollout', async () => {
    await using lab = await startLab();
    const first = await post(lab, 'k1');
    const again = await post(lab, 'k1', { change: SPEC.change, scaleSet: WEB });
    expect([again.status, again.body.id]).toEqual([202, first.body.id]);
    expect((await lab.toEnd(first.body.id)).phase).toBe('succeeded');
    const late = await post(lab, 'k1');
    expect([late.status, late.body.id, late.body.phase]).toEqual([202, first.body.id, 'succeeded']);
    expect((await lab.call('GET', '/rollouts')).body.value).toHaveLength(1);
  });

  it('with another body is refused', async () => {
    await using lab = await startLab();
    const first = await post(lab, 'k1');
    const other = await post(lab, 'k1', { ...SPEC, soakSeconds: 60 });
    expect(other).toMatchObject({
      status: 422,
      body: { code: 'idempotencyKeyReused', status: 422, rolloutId: first.body.id },
    });
  });

  // Feature [API] Idempotent start (R83, new 18)
  it('sent twice at once starts one rollout', async () => {
    await using lab = await startLab();
    const both = await Promise.all([post(lab, 'k1'), post(lab, 'k1')]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    expect((await lab.call('GET', '/rollouts')).body.value).toHaveLength(1);
  });

  it.each(['a b', 'x'.repeat(256)])('must not be %j', async (key) => {
    await using lab = await startLab();
    expect((await post(lab, key)).status).toBe(400);
  });
});

describe('a scale set that is taken', () => {
  it.each([WEB.toUpperCase(), WEB.replace('resourceGroups', 'resourcegroups')])(
    'is refused, naming who has it: %s',
    async (scaleSet) => {
      await using lab = await startLab();
      const first = await post(lab);
      const second = await post(lab, undefined, { ...SPEC, scaleSet });
      expect(second).toMatchObject({
        status: 409,
        body: { code: 'scaleSetBusy', rolloutId: first.body.id, title: 'Conflict' },
      });
      expect(second.body.remedy).toContain(first.body.id);
      expect(second.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  // Feature [Guards] One rollout a scale set, its holder named (K61, new 18)
  it('goes to one of two who ask at once', async () => {
    await using lab = await startLab({ count: 5 });
    const both = await Promise.all([post(lab), post(lab)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409]);
    const winner = both.find(({ status }) => status === 202);
    const loser = both.find(({ status }) => status === 409);
    expect(loser?.body.rolloutId).toBe(winner?.body.id);
    expect((await lab.toEnd(winner?.body.id)).phase).toBe('succeeded');
  });

  it.each([
    ['that nobody has held', false],
    ['that has come free', true],
  ])('goes to one of two who take one %s in the same moment', async (_, isUsed) => {
    const store = createMemoryStore();
    const wanted = { scaleSet: WEB, since: '2026-11-21T08:00:00Z' };
    if (isUsed) {
      await acquireLease(store, { ...wanted, rolloutId: 'old' });
      await releaseLease(store, { ...wanted, rolloutId: 'old', token: 1 });
    }
    const take = (rolloutId: string) => acquireLease(store, { ...wanted, rolloutId });
    // Whose record nobody has written yet is at its start, and keeps what it has.
    const both = await Promise.all([take('one'), take('other')]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'held']);
  });

  it('is free again once its rollout has ended', async () => {
    await using lab = await startLab({ count: 5 });
    await lab.rollOut();
    const [free] = await lab.store.documents.list('leases', 'leases');
    expect(free?.value).not.toHaveProperty('rolloutId');
    expect((await post(lab)).status).toBe(202);
    const [taken] = await lab.store.documents.list('leases', 'leases');
    const tokens = [free, taken].flatMap((stored) =>
      stored === undefined ? [] : [(stored.value as Lease).token],
    );
    expect(tokens).toEqual([1, 2]);
  });

  it('stays with its new holder when the old one ends once more', async () => {
    const store = createMemoryStore();
    const wanted = { scaleSet: WEB, since: '2026-11-21T08:00:00Z' };
    await acquireLease(store, { ...wanted, rolloutId: 'old' });
    await releaseLease(store, { ...wanted, rolloutId: 'old', token: 1 });
    await acquireLease(store, { ...wanted, rolloutId: 'new' });
    await releaseLease(store, { ...wanted, rolloutId: 'old', token: 1 });
    expect(await readLease(store, WEB)).toMatchObject({ rolloutId: 'new', token: 2 });
  });

  it('does not hinder a rollout of another one', async () => {
    const scaleSets = ['web', 'api'].map((name) => ({ name, count: 5 }));
    await using lab = await startLab({ scaleSets });
    await post(lab);
    const other = await post(lab, undefined, { ...SPEC, scaleSet: WEB.replace(/web$/, 'api') });
    expect(other.status).toBe(202);
  });
});

describe('a process that dies while it accepts', () => {
  /** How many calls to the store accepting one rollout makes. */
  async function callsToAccept(): Promise<number> {
    await using lab = await startLab();
    const before = lab.store.calls.length;
    await post(lab, 'k1');
    return lab.store.calls.length - before;
  }

  it('leaves nothing that the client cannot heal by asking again', async () => {
    const calls = await callsToAccept();
    expect(calls).toBeGreaterThan(5);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        await using lab = await startLab({ count: 5 });
        lab.store.fail({ call: lab.store.calls.length + call, when, forGood: true });
        const { status } = await post(lab, 'k1');
        lab.store.heal();
        const again = await post(lab, 'k1');
        const { value } = (await lab.call('GET', '/rollouts')).body;
        const listed = value.map(({ id }: Body) => id);
        expect({ call, when, status, again: again.status, listed }).toEqual({
          call,
          when,
          status: 503,
          again: 202,
          listed: [again.body.id],
        });
        await lab.until(again.body.id, ({ phase }) => phase !== 'accepted');
      }
    }
  });

  it('leaves nothing that the timer cannot heal, once it was written down', async () => {
    const calls = await callsToAccept();
    let healed = 0;
    for (let call = 1; call <= calls; call += 1) {
      await using lab = await startLab({ count: 5 });
      lab.store.fail({ call: lab.store.calls.length + call, when: 'after', forGood: true });
      await post(lab, 'k1');
      lab.store.heal();
      const [lease] = await lab.store.documents.list('leases', 'leases');
      const id = (lease?.value as { rolloutId?: string } | undefined)?.rolloutId;
      if (id === undefined || (await lab.call('GET', `/rollouts/${id}`)).status === 404) continue;
      await lab.host.advance(60_000);
      await lab.host.fireTimer('reviveRollouts');
      await lab.until(id, ({ phase }) => phase !== 'accepted');
      expect((await lab.call('GET', '/rollouts')).body.value).toHaveLength(1);
      healed += 1;
    }
    expect(healed).toBeGreaterThan(0);
  });

  it('does not hold the scale set for ever', async () => {
    await using lab = await startLab();
    const insert = lab.store.documents.insert.bind(lab.store.documents);
    let isStruck = false;
    Object.assign(lab.store.documents, {
      insert: async (...[key, value]: Parameters<typeof insert>) => {
        if (key.table === 'rollouts' && !isStruck) {
          isStruck = true;
          throw new Error('died');
        }
        return insert(key, value);
      },
    });
    expect((await post(lab)).status).toBe(503);
    expect((await post(lab)).status).toBe(409);
    await lab.host.advance(300_000);
    expect((await post(lab)).status).toBe(202);
  });
});

test.each([
  ['no such scale set', { scaleSet: WEB.replace(/web$/, 'nope') }, 'scaleSetNotFound'],
  ['no such image', { change: { image: { version: '1.2.3' } } }, 'imageNotFound'],
  ['another plan than the reviewed one', { planHash: 'other' }, 'planChanged'],
])('ends refused with %s, nothing written', async (_, spec, code) => {
  await using lab = await startLab();
  const ended = await lab.rollOut(spec);
  expect(ended).toMatchObject({ phase: 'refused', failure: { code }, left: { model: 'before' } });
  expect(ended.failure.remedy).toEqual(expect.stringMatching(/\w/));
  expect(writes(lab.log)).toEqual([]);
  expect((await post(lab)).status).toBe(202);
});
