import { describe, expect, it, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { aPlanInput, instances } from '../../lab/builders.ts';

interface Large {
  readonly what: string;
  readonly count: number;
  readonly shows: (id: number) => Partial<Instance>;
  readonly strategy?: Record<string, unknown>;
  readonly floor: number;
  /** How many instances each batch has. */
  readonly sizes: readonly number[];
}

const times = (count: number, size: number): number[] => Array.from({ length: count }, () => size);

/** A placement group holds a hundred; each deals its instances to five update domains. */
const grouped = (id: number): Partial<Instance> => ({
  placementGroup: `group-${Math.floor(id / 100)}`,
  updateDomain: id % 5,
});
const zonal = (id: number): Partial<Instance> => ({
  zone: String((id % 3) + 1),
  updateDomain: Math.floor(id / 3) % 5,
});
/** As Azure shows a zonal set: without update domains (arm-vmss.md, corrections). */
const zonesOnly = (id: number): Partial<Instance> => ({ zone: String((id % 3) + 1) });

// By hand: an update domain of all groups, a zone apart, and no more than the larger of the largest domain and 20 %.
const CASES: readonly Large[] = [
  { what: '1,000 in ten placement groups', count: 1000, shows: grouped, floor: 800, sizes: times(5, 200) },
  { what: '600 in six placement groups', count: 600, shows: grouped, floor: 480, sizes: times(5, 120) },
  {
    what: '101 in two placement groups, one of a single instance',
    count: 101,
    shows: grouped,
    floor: 80,
    sizes: [21, 20, 20, 20, 20],
  },
  { what: '900 in three zones', count: 900, shows: zonal, floor: 720, sizes: times(15, 60) },
  {
    what: '900 in three zones that show no update domains',
    count: 900,
    shows: zonesOnly,
    floor: 720,
    sizes: times(6, 150),
  },
  {
    what: '1,000 in ten placement groups and three zones',
    count: 1000,
    shows: (id) => ({ ...grouped(id), ...zonal(id) }),
    floor: 800,
    sizes: [...times(4, 67), 66, ...times(3, 67), 66, 66, ...times(3, 67), 66, 66],
  },
  {
    what: '1,000 of which two percent may be down',
    count: 1000,
    shows: grouped,
    strategy: { maxUnavailable: '2%' },
    floor: 980,
    sizes: times(50, 20),
  },
  {
    what: '1,000 in ten placement groups by fault domain',
    count: 1000,
    shows: (id) => ({ ...grouped(id), faultDomain: id % 5 }),
    strategy: { batchBy: 'faultDomain' },
    floor: 800,
    sizes: times(5, 200),
  },
  {
    what: '999 by zone',
    count: 999,
    shows: zonal,
    strategy: { batchBy: 'zone' },
    floor: 800,
    sizes: [167, 166, 167, 166, 167, 166],
  },
  { what: '10 in one group', count: 10, shows: grouped, floor: 8, sizes: times(5, 2) },
  { what: '4 in one group', count: 4, shows: grouped, floor: 3, sizes: times(4, 1) },
];

function planOf({ count, shows, strategy = {} }: Pick<Large, 'count' | 'shows' | 'strategy'>): Plan {
  const all = instances(count).map((instance, id) => {
    const plain = Object.entries(instance).filter(([field]) => field !== 'updateDomain');
    return { ...(Object.fromEntries(plain) as unknown as Instance), ...shows(id) };
  });
  const plan = makePlan(aPlanInput({ spec: { strategy }, instances: all }));
  if (plan.kind === 'refused') throw new Error(plan.message);
  return plan;
}

// Feature [Plans] Large sets: an update domain of all placement groups together, and a default that is at least 20 % (Issue 12, kind 4)
//   shown by: of 1,000 in ten placement groups the batches have the right sizes, above the right floor
test.each(CASES)('of $what the batches have the right sizes, above the right floor', (large) => {
  const plan = planOf(large);
  expect(plan.floor).toBe(large.floor);
  expect(plan.batches.map((batch) => batch.instances.length)).toEqual(large.sizes);
  expect(new Set(plan.batches.flatMap((batch) => batch.instances)).size).toBe(large.count);
});

it('has no batch with instances of two zones', () => {
  const plan = planOf({ count: 1000, shows: (id) => ({ ...grouped(id), ...zonal(id) }) });
  for (const batch of plan.batches) {
    expect(new Set(batch.instances.map((id) => Number(id) % 3)).size).toBe(1);
  }
});

// Feature [Plans] `unhealthyFirst` holds for the whole set with every batching (Issue 12, kind 4)
//   shown by: unhealthy instances first > are in the first batch by updateDomain
describe('unhealthy instances first', () => {
  const sick =
    (ids: readonly number[]) =>
    (id: number): Partial<Instance> =>
      ids.includes(id) ? { health: { state: 'unhealthy' } } : {};
  const first = (strategy: object, ids: readonly number[] = [7, 11]): Plan =>
    planOf({
      count: 30,
      shows: (id) => ({ ...grouped(id), faultDomain: id % 3, zone: '1', ...sick(ids)(id) }),
      strategy: { order: 'unhealthyFirst', ...strategy },
    });
  test.each<{ batchBy: string; steps?: (number | string)[] }>([
    { batchBy: 'updateDomain' },
    { batchBy: 'faultDomain' },
    { batchBy: 'zone' },
    { batchBy: 'count', steps: [4] },
    { batchBy: 'percent', steps: ['15%'] },
    { batchBy: 'steps', steps: [3, '50%', '100%'] },
  ])('are in the first batch by $batchBy', (strategy) => {
    const plan = first(strategy);
    expect(plan.batches[0]?.instances).toEqual(expect.arrayContaining(['7', '11']));
  });

  it('change no hash: whoever has reviewed a plan need not do so again for an instance that falls ill', () => {
    for (const strategy of [{ batchBy: 'count', steps: [4] }, { batchBy: 'updateDomain' }]) {
      expect(first(strategy).hash).toBe(first(strategy, []).hash);
    }
  });

  it('are the canary, however the others go', () => {
    for (const batchBy of ['updateDomain', 'faultDomain', 'zone']) {
      expect(first({ batchBy, canary: 2 }).batches[0]).toMatchObject({
        canary: true,
        instances: ['7', '11'],
      });
    }
  });
});
