import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { batchesByUpdateDomain, byInstanceId, largestDomain } from '../../src/core/batches.ts';
import type { Instance } from '../../src/core/instances.ts';
import { anInstance, instances } from '../lab/builders.ts';

const someInstances = fc.uniqueArray(fc.nat(500), { maxLength: 60 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          zone: fc.constantFrom('1', '2', '3'),
          placementGroup: fc.constantFrom('a', 'b'),
          updateDomain: fc.nat(4),
        })
        .map((place) => anInstance(String(id), place)),
    ),
  ),
);
const aLimit = fc.integer({ min: 1, max: 20 });

it('has each instance in exactly one batch, none larger than allowed', () => {
  fc.assert(
    fc.property(someInstances, aLimit, (all, most) => {
      const batches = batchesByUpdateDomain(all, most);
      const placed = batches.flatMap((batch) => batch.instances);
      expect(placed.toSorted()).toEqual(all.map(({ instanceId }) => instanceId).toSorted());
      expect(batches.every((batch) => batch.instances.length >= 1 && batch.instances.length <= most)).toBe(
        true,
      );
      expect(batches.map(({ index }) => index)).toEqual(batches.map((_, position) => position));
      expect(new Set(batches.map(({ name }) => name)).size).toBe(batches.length);
    }),
  );
});

it('never mixes zones, placement groups or update domains', () => {
  fc.assert(
    fc.property(someInstances, aLimit, (all, most) => {
      const known = new Map(all.map((instance) => [instance.instanceId, instance]));
      for (const batch of batchesByUpdateDomain(all, most)) {
        const places = batch.instances.map((id) => placeOf(known.get(id)));
        expect(new Set(places).size).toBe(1);
      }
    }),
  );
});

function placeOf(instance: Instance | undefined): string {
  return `${instance?.zone ?? ''}/${instance?.placementGroup ?? ''}/${String(instance?.updateDomain)}`;
}

it('orders the ids of a batch as numbers, and does not mind the order that it is given', () => {
  fc.assert(
    fc.property(someInstances, aLimit, (all, most) => {
      const batches = batchesByUpdateDomain(all, most);
      for (const { instances: ids } of batches) {
        expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
      }
      expect(batchesByUpdateDomain(all.toReversed(), most)).toEqual(batches);
    }),
  );
});

it('goes by update domain, lowest first', () => {
  expect(batchesByUpdateDomain(instances(12), 3)).toEqual([
    { index: 0, name: 'update domain 0', instances: ['0', '5', '10'] },
    { index: 1, name: 'update domain 1', instances: ['1', '6', '11'] },
    { index: 2, name: 'update domain 2', instances: ['2', '7'] },
    { index: 3, name: 'update domain 3', instances: ['3', '8'] },
    { index: 4, name: 'update domain 4', instances: ['4', '9'] },
  ]);
});

it('splits a domain that is too large into parts of about one size', () => {
  const one = instances(7, () => ({ updateDomain: 0 }));
  expect(batchesByUpdateDomain(one, 3).map((batch) => batch.instances)).toEqual([
    ['0', '1', '2'],
    ['3', '4', '5'],
    ['6'],
  ]);
  expect(batchesByUpdateDomain(one, 6).map((batch) => batch.instances.length)).toEqual([4, 3]);
});

it('names the zone where there are several', () => {
  const zonal = instances(4, (id) => ({ zone: Number(id) < 2 ? '1' : '2', updateDomain: 0 }));
  expect(batchesByUpdateDomain(zonal, 4).map(({ name }) => name)).toEqual([
    'update domain 0 in zone 1',
    'update domain 0 in zone 2',
  ]);
});

test.each([
  ['none', [], 0],
  ['five of fifteen', instances(15), 3],
  ['one domain for all', instances(4, () => ({ updateDomain: 2 })), 4],
  ['the same number in two zones', instances(4, (id) => ({ updateDomain: 0, zone: id })), 1],
] as const)('finds the largest domain: %s', (_, all, size) => {
  expect(largestDomain(all)).toBe(size);
});

test.each([
  [
    ['10', '9', '1'],
    ['1', '9', '10'],
  ],
  [
    ['web_b', 'web_a'],
    ['web_a', 'web_b'],
  ],
])('orders %j as %j', (ids, ordered) => {
  expect(ids.toSorted(byInstanceId)).toEqual(ordered);
});
