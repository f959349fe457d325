import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import type { Operation } from '../../../src/core/record/operation.ts';
import type { BatchProgress, RolloutRecord } from '../../../src/core/record/rollout.ts';
import {
  markEnded,
  reasonToFallBack,
  refill,
  secondsUntilRefill,
  stretchFrom,
} from '../../../src/core/run/slide.ts';
import { aSpec } from '../fleet.ts';

const NOW = '2026-11-21T08:00:00Z';

function row(id: number, changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    instanceId: String(id),
    name: `web_${id}`,
    batch: 0,
    direction: 'forward',
    state: 'pending',
    actions: ['upgrade'],
    actionsDone: 0,
    touched: false,
    imageBefore: '1',
    imageNow: '1',
    attempts: 0,
    updatedAt: NOW,
    ...changes,
  };
}

function sent(changes: Partial<Operation> = {}): Operation {
  return {
    key: 'upgrade-forward-0000-001',
    kind: 'upgrade',
    direction: 'forward',
    instances: [],
    status: 'accepted',
    intendedAt: NOW,
    sliding: true,
    ...changes,
  };
}

const serving = (...ids: number[]): ReadonlySet<string> => new Set(ids.map(String));

describe('free slots', () => {
  const room = { serving: serving(0, 1, 2, 3, 4, 5), floor: 4, most: 2, zonesApart: false };

  it('go to the next instances in the order of their batches', () => {
    const rows = [row(0, { batch: 2 }), row(3, { batch: 1 }), row(5, { batch: 0 })];
    expect(refill(rows, rows, room)).toEqual(['3', '5']);
  });

  it('are those that nobody under way holds', () => {
    const busy = row(0, { state: 'upgrading' });
    const waiting = [row(1), row(2)];
    expect(refill([busy, ...waiting], waiting, { ...room, serving: serving(1, 2, 3, 4, 5) })).toEqual(['1']);
    expect(refill([busy, row(3, { state: 'settling' }), ...waiting], waiting, room)).toEqual([]);
  });

  it('are none while the floor leaves no room, but for instances that are down anyway', () => {
    const waiting = [row(0), row(1), row(9)];
    const tight = { ...room, serving: serving(0, 1, 2, 3) };
    expect(refill(waiting.slice(0, 2), waiting.slice(0, 2), tight)).toEqual([]);
    expect(refill(waiting, waiting, tight)).toEqual(['9']);
  });

  it('go to one zone at a time where zones are kept apart', () => {
    const busy = row(0, { state: 'upgrading', zone: '1' });
    const waiting = [row(1, { zone: '2' }), row(2, { zone: '1' })];
    const apart = { ...room, zonesApart: true };
    expect(refill([busy, ...waiting], waiting, apart)).toEqual(['2']);
    expect(refill([busy, row(1, { zone: '2' })], [row(1, { zone: '2' })], apart)).toEqual([]);
    expect(refill(waiting, waiting, apart)).toEqual(['1']);
  });

  it('stay with those between two actions', () => {
    const steps = { actions: ['deallocate', 'upgrade', 'start'] } as const;
    const half = [row(4, { ...steps, actionsDone: 1 }), row(5, { ...steps, actionsDone: 2 })];
    const waiting = [row(1, steps), ...half];
    expect(refill(waiting, waiting, room)).toEqual(['5']);
    // Without them to send, they still hold their slots.
    expect(refill(waiting, [row(1, steps)], room)).toEqual([]);
  });

  it('are filled 7.5 seconds after the last write, or 15 where many went out before', () => {
    const at = (second: number): string => new Date(Date.parse(NOW) + second * 1000).toISOString();
    const next = (seconds: readonly number[], now: number): number =>
      secondsUntilRefill(
        seconds.map((second) => sent({ answeredAt: at(second) })),
        Date.parse(at(now)),
      );
    expect(next([], 0)).toBe(0);
    expect(next([2], 3)).toBeCloseTo(7, 0);
    expect(next([2], 11)).toBe(0);
    // Each write more than the service grants makes the next one wait for longer.
    expect(next([0, 8, 16, 24], 25)).toBeGreaterThan(next([24], 25) + 0.5);
    expect(next([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBeGreaterThan(13);
  });

  it('take no more writes than a scale set is granted, with some to spare', () => {
    const operations: Operation[] = [];
    let now = Date.parse(NOW);
    let left = 12;
    let fewest = left;
    for (let writes = 0; writes < 200; writes += 1) {
      const waited = secondsUntilRefill(operations, now);
      now += waited * 1000;
      // Twelve at once, and four a minute (arm-vmss.md 3.6).
      left = Math.min(12, left + (waited / 60) * 4) - 1;
      fewest = Math.min(fewest, left);
      operations.push(sent({ answeredAt: new Date(now).toISOString() }));
    }
    expect(fewest).toBeGreaterThan(3);
  });
});

describe('batches slide', () => {
  const record = (spec: object, canaries = 0): RolloutRecord =>
    ({
      spec: aSpec({ strategy: { pacing: 'sliding' }, ...spec }),
      batches: [0, 1, 2, 3, 4].map((index): BatchProgress => ({
        index,
        name: String(index),
        phase: 'pending',
        instances: [],
        ...(index < canaries && { canary: true }),
      })),
    }) as unknown as RolloutRecord;

  it('to the last', () => {
    expect(stretchFrom(record({}), 1)).toEqual({ from: 1, to: 4 });
    expect(stretchFrom(record({ approvals: { before: 'rollout' } }), 0)).toEqual({ from: 0, to: 4 });
  });

  it('to the next that needs an approval', () => {
    expect(stretchFrom(record({ approvals: { before: [0, 3] } }), 0)).toEqual({ from: 0, to: 2 });
    expect(stretchFrom(record({ approvals: { before: 'batch' } }), 2)).toEqual({ from: 2, to: 2 });
  });

  it('not where they are canaries, are not there, or are to be waited for', () => {
    expect(stretchFrom(record({}, 2), 1)).toBeUndefined();
    expect(stretchFrom(record({}, 2), 2)).toEqual({ from: 2, to: 4 });
    expect(stretchFrom(record({}), 5)).toBeUndefined();
    expect(stretchFrom(record({ strategy: {} }), 0)).toBeUndefined();
  });

  it('no longer after a second conflict or a second preemption of writes that slid', () => {
    const conflict = sent({ status: 'refused', conflict: true });
    const preempted = sent({ status: 'preempted' });
    const { sliding: _sliding, ...waitedFor } = preempted;
    expect(
      reasonToFallBack([conflict, preempted, sent(), waitedFor, sent({ status: 'refused' })]),
    ).toBeUndefined();
    expect(reasonToFallBack([conflict, conflict])).toContain('refused 2 writes');
    expect(reasonToFallBack([preempted, preempted])).toContain('cut 2 operations short');
  });
});

describe('a batch that slid', () => {
  const batches: readonly BatchProgress[] = [
    { index: 0, name: 'a', phase: 'upgrading', instances: ['0', '1'] },
  ];
  const marked = (states: readonly LedgerRow['state'][], soaks = false, from = batches) =>
    markEnded(
      from,
      states.map((state, id) => row(id, { state })),
      { now: NOW, soaks },
    )[0];

  it.each([
    [['done', 'done'], 'succeeded'],
    [['done', 'failed'], 'failed'],
    [['skipped', 'gone'], 'skipped'],
  ] as const)('of which the rows are %j has %s', (states, phase) => {
    expect(marked(states)).toMatchObject({ phase, settledAt: NOW, endedAt: NOW });
  });

  it('soaks first where the spec says so', () => {
    expect(marked(['done', 'done'], true)).toEqual({ ...batches[0], phase: 'soaking', settledAt: NOW });
  });

  it('is as it was while a row is left, and again when one is to be sent once more', () => {
    expect(marked(['done', 'settling'])).toBe(batches[0]);
    const ended = [{ ...batches[0], phase: 'failed', settledAt: NOW, endedAt: NOW }] as BatchProgress[];
    expect(marked(['done', 'pending'], false, ended)).toEqual(batches[0]);
    expect(marked(['done', 'failed'], false, ended)).toBe(ended[0]);
  });
});
