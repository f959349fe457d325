import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../src/core/plan/batches.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { aSpec, fleet, SICK } from '../fleet.ts';

function batches(instances: readonly Instance[], strategy: object, most = 100): readonly [string, string][] {
  return batchesOf(instances, aSpec({ strategy }).strategy, { most }).map(({ name, instances: ids }) => [
    name,
    ids.join(' '),
  ]);
}

const zonal = (count: number): Instance[] =>
  fleet(count, (id) => ({ zone: String((id % 2) + 1), updateDomain: 0 }));

describe('batches', () => {
  it('go by update domain', () => {
    expect(batches(fleet(7), {})).toEqual([
      ['update domain 0', '0 5'],
      ['update domain 1', '1 6'],
      ['update domain 2', '2'],
      ['update domain 3', '3'],
      ['update domain 4', '4'],
    ]);
  });

  it('go by fault domain', () => {
    expect(batches(fleet(7), { batchBy: 'faultDomain' })).toEqual([
      ['fault domain 0', '0 3 6'],
      ['fault domain 1', '1 4'],
      ['fault domain 2', '2 5'],
    ]);
  });

  it('go by zone', () => {
    expect(batches(zonal(5), { batchBy: 'zone' })).toEqual([
      ['zone 1', '0 2 4'],
      ['zone 2', '1 3'],
    ]);
  });

  it('go by a count, or by a percentage of the targeted instances, rounded up', () => {
    const expected = [
      ['batch 0', '0 1 2'],
      ['batch 1', '3 4 5'],
      ['batch 2', '6'],
    ];
    expect(batches(fleet(7), { batchBy: 'count', steps: [3] })).toEqual(expected);
    expect(batches(fleet(7), { batchBy: 'percent', steps: ['30%'] })).toEqual(expected);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'of cumulative shares, rounded up',
      { steps: [1, '10%', '50%', '100%'] },
      ['0', '1', '2 3 4 5 6 7', '8 9 10 11 12 13 14'],
    ],
    [
      'with the canary counted in',
      { steps: [1, '10%', '50%', '100%'], canary: 1 },
      ['0', '1', '2 3 4 5 6 7', '8 9 10 11 12 13 14'],
    ],
    [
      'with a canary beyond the first steps',
      { steps: [1, 2, '100%'], canary: 3 },
      ['0 1 2', '3 4 5 6 7 8 9 10 11 12 13 14'],
    ],
    ['of which the last is repeated', { steps: [1, '40%'] }, ['0', '1 2 3 4 5', '6 7 8 9 10 11', '12 13 14']],
    ['of counts', { steps: [2, 6] }, ['0 1', '2 3 4 5', '6 7 8 9 10 11', '12 13 14']],
    ['that do not grow', { steps: [4, 2, 15] }, ['0 1 2 3', '4 5 6 7 8 9 10 11 12 13 14']],
    ['beyond the end', { steps: [20] }, ['0 1 2 3 4 5 6 7 8 9 10 11 12 13 14']],
  ])('go by steps %s', (_, strategy, expected) => {
    const found = batches(fleet(15), { batchBy: 'steps', ...strategy });
    expect(found.map(([, ids]) => ids)).toEqual(expected);
  });

  it('begin with the canary', () => {
    expect(batches(fleet(6), { canary: 2 })).toEqual([
      ['canary', '0 1'],
      ['update domain 0', '5'],
      ['update domain 2', '2'],
      ['update domain 3', '3'],
      ['update domain 4', '4'],
    ]);
    expect(batches(fleet(3), { canary: 5 })).toEqual([['canary', '0 1 2']]);
  });

  it('larger than may be unavailable are split, the canary too', () => {
    expect(batches(fleet(11), { batchBy: 'faultDomain', canary: 3 }, 2)).toEqual([
      ['canary, part 1', '0 1'],
      ['canary, part 2', '2'],
      ['fault domain 0, part 1', '3 6'],
      ['fault domain 0, part 2', '9'],
      ['fault domain 1, part 1', '4 7'],
      ['fault domain 1, part 2', '10'],
      ['fault domain 2', '5 8'],
    ]);
    expect(batches(fleet(5), { batchBy: 'count', steps: [4] }, 2)).toEqual([
      ['batch 0', '0 1'],
      ['batch 1', '2 3'],
      ['batch 2', '4'],
    ]);
  });

  it('never mix zones where they go by domains', () => {
    const grouped = fleet(8, (id) => ({
      zone: String((id % 2) + 1),
      placementGroup: id < 4 ? 'aaaaaaaa-1' : 'bbbbbbbb-2',
      updateDomain: 0,
      faultDomain: 0,
    }));
    const parts = ['0 2 4 6', '1 3 5 7'];
    for (const batchBy of ['updateDomain', 'faultDomain', 'zone']) {
      expect(batches(grouped, { batchBy }).map(([, ids]) => ids)).toEqual(parts);
    }
    expect(batches(grouped, { batchBy: 'zone' })[1]?.[0]).toBe('zone 2');
    expect(batches(grouped, {})[0]?.[0]).toBe('update domain 0 in zone 1');
    expect(batches(grouped, { canary: 5 }).slice(0, 2)).toEqual([
      ['canary', '0 2 4 6'],
      ['canary 2', '1'],
    ]);
    expect(batches(grouped, { batchBy: 'count', steps: [8] })).toEqual([['batch 0', '0 1 2 3 4 5 6 7']]);
  });

  it('take an update domain of all placement groups together', () => {
    const grouped = fleet(20, (id) => ({ placementGroup: id < 10 ? 'a' : 'b', updateDomain: id % 5 }));
    expect(batches(grouped, {})).toEqual([
      ['update domain 0', '0 5 10 15'],
      ['update domain 1', '1 6 11 16'],
      ['update domain 2', '2 7 12 17'],
      ['update domain 3', '3 8 13 18'],
      ['update domain 4', '4 9 14 19'],
    ]);
  });

  it('begin with unhealthy instances on request, within their kind', () => {
    const instances = fleet(15, (id) => (id === 7 || id === 11 ? SICK : {}));
    const order = 'unhealthyFirst';
    expect(batches(instances, { batchBy: 'count', steps: [5], order })).toEqual([
      ['batch 0', '0 1 2 7 11'],
      ['batch 1', '3 4 5 6 8'],
      ['batch 2', '9 10 12 13 14'],
    ]);
    expect(batches(instances, { order }, 2).slice(2, 6)).toEqual([
      ['update domain 1, part 1', '1 11'],
      ['update domain 1, part 2', '6'],
      ['update domain 2, part 1', '2 7'],
      ['update domain 2, part 2', '12'],
    ]);
    expect(batches(instances, { canary: 1, order })[0]).toEqual(['canary', '7']);
  });
});
