import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/core/instance/instances.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import type { Operation } from '../../../src/core/record/operation.ts';
import { ageOf, freshIn, looksAt } from '../../../src/core/run/slots.ts';
import type { Views } from '../../../src/core/run/slots.ts';
import { anInstance } from '../fleet.ts';

const NOW = Date.parse('2026-11-21T08:10:00Z');

function aRow(id: number, changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    instanceId: String(id),
    name: `web_${id}`,
    batch: 0,
    direction: 'forward',
    state: 'upgrading',
    operation: 'first',
    actions: ['upgrade'],
    actionsDone: 0,
    touched: true,
    imageBefore: '1',
    imageNow: '1',
    attempts: 1,
    updatedAt: at(0),
    ...changes,
  };
}

/** So many seconds ago. */
function at(secondsAgo: number): string {
  return new Date(NOW - secondsAgo * 1000).toISOString();
}

function sent(secondsAgo: number, key = 'first'): Operation {
  const intendedAt = at(secondsAgo);
  return { key, kind: 'upgrade', direction: 'forward', instances: [], status: 'accepted', intendedAt };
}

function seen(...views: readonly (readonly [instance: Instance, secondsAgo: number])[]): Views {
  return new Map(
    views.map(([instance, ago]) => [instance.instanceId, { instance, at: NOW - ago * 1000 }] as const),
  );
}

const ids = (instances: readonly Instance[]): readonly string[] => instances.map((one) => one.instanceId);

describe('of the floor', () => {
  it('an instance counts only for a while after it was seen', () => {
    const views = seen([anInstance(0), 0], [anInstance(1), 60], [anInstance(2), 76], [anInstance(3), 400]);
    expect(ids(freshIn(views, { rows: [], operations: [], now: NOW }))).toEqual(['0', '1']);
  });

  it('an instance counts only if it was seen since the last write to it', () => {
    const views = seen([anInstance(0), 30], [anInstance(1), 30]);
    const rows = [aRow(0, { state: 'failed', operation: 'second' }), aRow(1, { state: 'done' })];
    const operations = [sent(200), sent(20, 'second')];
    expect(ids(freshIn(views, { rows, operations, now: NOW }))).toEqual(['1']);
  });

  it('the list is as old as the oldest view of those that nobody works on, and without any it has no age', () => {
    const views = seen([anInstance(0), 90], [anInstance(1), 20], [anInstance(2), 10]);
    expect(ageOf(views, [aRow(0)], NOW)).toBe(20);
    expect(ageOf(views, [aRow(0, { state: 'done' })], NOW)).toBe(90);
    expect(ageOf(new Map(), [], NOW)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('an instance that holds a slot is looked at', () => {
  const observation = {
    now: NOW,
    seconds: 0,
    image: '2',
    disruptive: true,
    lostWriteSeconds: 75,
    viewLagSeconds: 30,
    stableSeconds: 30,
    timeoutSeconds: 900,
  };
  const pace = { observation, pollSeconds: 10 };
  const starting = anInstance(0, { agent: { state: 'transitioning' }, health: { state: 'unknown' } });
  /** Seconds from now until the first row's look. */
  const inSeconds = (rows: readonly LedgerRow[], views: Views, operations = [sent(100)]): number =>
    ((looksAt(rows, operations, { views, pace })[0]?.at ?? Number.NaN) - NOW) / 1000;

  it('not before others like it were well', () => {
    expect(inSeconds([aRow(0)], new Map(), [sent(10)])).toBe(70);
    const well = Array.from({ length: 20 }, (_, id) =>
      aRow(id + 1, { state: 'done', operation: 'before', wellAt: at(300 - 150 - id) }),
    );
    expect(inSeconds([aRow(0), ...well], new Map(), [sent(10), sent(300, 'before')])).toBeGreaterThan(135);
  });

  it('again soon, but not before what it showed allows', () => {
    const almost = anInstance(0, { health: { state: 'unhealthy' } });
    expect(inSeconds([aRow(0)], seen([almost, 0]))).toBe(6);
    expect(inSeconds([aRow(0)], seen([starting, 0]))).toBe(25);
    // A slow one is looked at less often.
    expect(inSeconds([aRow(0)], seen([almost, 0]), [sent(1000)])).toBe(40);
  });

  it('once while it is to stay well, and when it may have been so for long enough', () => {
    const row = aRow(0, { state: 'settling', healthySince: at(10) });
    expect(inSeconds([row], seen([anInstance(0), 10]))).toBeCloseTo(8.3, 1);
    expect(inSeconds([row], seen([anInstance(0), -9]))).toBe(20);
    // Its health has gone and come again before.
    expect(inSeconds([{ ...row, lapses: 1 }], seen([anInstance(0), -60]))).toBe(50);
  });

  it('only while it holds one', () => {
    expect(
      looksAt([aRow(0, { state: 'done' }), aRow(1, { state: 'pending' })], [sent(100)], {
        views: new Map(),
        pace,
      }),
    ).toEqual([]);
  });
});
