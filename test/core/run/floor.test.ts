import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { affordable, servingNow } from '../../../src/core/run/capacity.ts';
import { floorOf, maxUnavailableOf } from '../../../src/core/plan/floor.ts';
import { anInstance, aRow, instances } from '../../lab/builders.ts';

/**
 * What must keep serving, written by hand: the capacity minus `maxUnavailable`. `domain` is the floor without any
 * `maxUnavailable`, five update domains given: the largest may be down. `-` is refused.
 */
const FLOORS = [
  //  n domain 1 3 10% 20% 50% 99% 100%
  ' 1      -  -  -  -   -   -   -    0',
  ' 2      1  1  1  1   1   1   1    0',
  ' 3      2  2  1  2   2   2   1    0',
  ' 4      3  3  1  3   3   2   1    0',
  ' 5      4  4  2  4   4   3   1    0',
  ' 6      4  5  3  5   5   3   1    0',
  ' 7      5  6  4  6   6   4   1    0',
  ' 8      6  7  5  7   7   4   1    0',
  ' 9      7  8  6  8   8   5   1    0',
  '10      8  9  7  9   8   5   1    0',
  '11      8 10  8 10   9   6   1    0',
  '12      9 11  9 11  10   6   1    0',
  '13     10 12 10 12  11   7   1    0',
  '14     11 13 11 13  12   7   1    0',
  '15     12 14 12 14  12   8   1    0',
  '16     12 15 13 15  13   8   1    0',
  '17     13 16 14 16  14   9   1    0',
  '18     14 17 15 17  15   9   1    0',
  '19     15 18 16 18  16  10   1    0',
  '20     16 19 17 18  16  10   1    0',
];
const SHARES = [undefined, 1, 3, '10%', '20%', '50%', '99%', '100%'];
/** The largest of five update domains, by hand. */
const LARGEST = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4];

describe.each(FLOORS)('%s', (line) => {
  const [count = '', ...floors] = line.trim().split(/\s+/);
  test.each(SHARES.map((share, index) => [share, floors[index] ?? ''] as const))(
    'with maxUnavailable %s the floor is %s',
    (share, expected) => {
      const capacity = Number(count);
      const floor = floorOf(share, capacity, LARGEST[capacity - 1] ?? 0);
      if (expected !== '-') expect(floor).toBe(Number(expected));
      else
        expect(floor).toMatchObject({
          code: 'floorImpossible',
          path: 'strategy.maxUnavailable',
          remedy: expect.stringContaining('"100%"'),
        });
    },
  );
});

it('leaves one instance unless all of them are written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 1000 }),
      fc.oneof(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 99 }).map((share) => `${share}%`),
        fc.constant(undefined),
      ),
      fc.integer({ min: 1, max: 1000 }),
      (capacity, share, domain) => {
        const most = maxUnavailableOf(share, capacity, Math.min(domain, capacity));
        expect(most).toBeGreaterThanOrEqual(1);
        expect(most).toBeLessThan(capacity);
      },
    ),
  );
});

describe('what may be taken down now', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 });

  it('never leaves fewer serving than the floor, or than served before', () => {
    fc.assert(
      fc.property(ids, ids, fc.nat(30), (wanted, alive, floor) => {
        const serving = new Set(alive);
        const chosen = affordable(wanted, { serving, floor });
        const rest = alive.filter((id) => !chosen.includes(id)).length;
        expect(rest).toBeGreaterThanOrEqual(Math.min(floor, alive.length));
        expect(chosen.every((id) => wanted.includes(id))).toBe(true);
        expect(new Set(chosen).size).toBe(chosen.length);
      }),
    );
  });

  it('takes what does not serve anyway, and of the others as many as there is room', () => {
    const serving = new Set(['0', '1', '2', '3']);
    expect(affordable(['9', '1', '2', '10'], { serving, floor: 3 })).toEqual(['1', '9', '10']);
    expect(affordable(['9', '1', '2', '10'], { serving, floor: 4 })).toEqual(['9', '10']);
    expect(affordable(['1'], { serving, floor: 9 })).toEqual([]);
  });
});

describe('who serves now', () => {
  test.each([
    ['is not provisioned', { provisioningState: 'Updating' }],
    ['does not run', { power: 'deallocated' }],
    ['has no power state', { power: undefined }],
    ['has no agent', { agent: undefined }],
    ['has an agent that is not ready', { agent: { state: 'unavailable' } }],
    ['is unhealthy', { health: { state: 'unhealthy' } }],
    ['is not yet healthy', { health: { state: 'initializing' } }],
    ['is in unknown health', { health: { state: 'unknown' } }],
  ])('is nobody that %s', (_, changes) => {
    expect(servingNow([anInstance('0', changes as object)], [])).toEqual(new Set());
  });

  it('is who nobody reports the health of, too', () => {
    const { health: _health, ...silent } = anInstance('0');
    expect(servingNow([silent], [])).toEqual(new Set(['0']));
  });

  it('is nobody that the rollout works on, whatever a lagging view says', () => {
    const rows = [
      aRow('0', { state: 'upgrading' }),
      aRow('1', { state: 'settling' }),
      aRow('2', { state: 'done' }),
      aRow('3'),
      aRow('4', { actionsDone: 1 }),
    ];
    expect(servingNow(instances(5), rows)).toEqual(new Set(['2', '3']));
  });
});
