import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { KINDS, keepsFloor } from '../lab/small-sets.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { LabOptions } from '../lab/lab.ts';

const sorted = (ids: readonly string[]): string => ids.toSorted((a, b) => Number(a) - Number(b)).join(' ');

// Feature [Batches] By fault domain (Batches)
//   shown by: takes instances down by fault domains, one batch after the other
// Feature [Batches] By zone (Batches, D25)
//   shown by: takes instances down by zones, one batch after the other
// Feature [Batches] By count (Batches, D24)
//   shown by: takes instances down by a count, one batch after the other
// Feature [Batches] By percentage (Batches, D23)
//   shown by: takes instances down by a percentage, one batch after the other
// Feature [Batches] Escalating list, with the canary counted in (Batches, D26, new 4)
//   shown by: takes instances down by steps, one batch after the other
// Feature [Batches] A step larger than may be down is split (Batches)
//   shown by: takes instances down by steps larger than may be down, one batch after the other
// Feature [Pacing] Batch after batch (Pacing)
//   shown by: takes instances down by steps, one batch after the other
it.each<[string, LabOptions, object, readonly string[]]>([
  [
    'fault domains',
    { count: 7, faultDomains: 3 },
    { batchBy: 'faultDomain', maxUnavailable: 3 },
    ['0 3 6', '1 4', '2 5'],
  ],
  ['zones', { count: 6, zones: ['1', '2'] }, { batchBy: 'zone', maxUnavailable: 3 }, ['0 2 4', '1 3 5']],
  ['a count', { count: 7 }, { batchBy: 'count', steps: [3], maxUnavailable: 3 }, ['0 1 2', '3 4 5', '6']],
  [
    'a percentage',
    { count: 7 },
    { batchBy: 'percent', steps: ['40%'], maxUnavailable: 3 },
    ['0 1 2', '3 4 5', '6'],
  ],
  [
    'steps',
    { count: 10 },
    { batchBy: 'steps', steps: [1, '30%', '70%'], canary: 1, maxUnavailable: 7 },
    ['0', '1 2', '3 4 5 6', '7 8 9'],
  ],
  [
    'steps larger than may be down',
    { count: 6 },
    { batchBy: 'steps', steps: ['100%'], maxUnavailable: 2 },
    ['0 1', '2 3', '4 5'],
  ],
])('takes instances down by %s, one batch after the other', async (_, options, strategy, expected) => {
  await using lab = await startLab(options);
  expect((await lab.rollOut({ strategy })).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expect(acceptedUpgrades(lab.log).map((ids) => sorted(ids))).toEqual(expected);
  const most = Math.max(...expected.map((ids) => ids.split(' ').length));
  expectSafe(lab, { floor: (options.count ?? 0) - most });
});

// Feature [Batches] Canary, held by a soak (Batches, D27)
it('lets the canary soak, and turns back before anybody else is touched', async () => {
  await using lab = await startLab();
  // The instance stays sick, so that no rollback can end: it is given up early.
  const id = await lab.start({ strategy: { canary: 2 }, soakSeconds: 900, rollbackTimeoutSeconds: 1800 });
  const rollout = await lab.until(id, 'soaking');
  expect(rollout.batches[0]).toMatchObject({ name: 'canary', instances: ['0', '1'] });
  lab.sim.inject({ kind: 'sickInstance', instances: ['1'] });
  expect((await lab.toEnd(id)).failure).toMatchObject({ instances: ['1'] });
  expect(new Set(acceptedUpgrades(lab.log).flat())).toEqual(new Set(['0', '1']));
});

// Feature [Selection] Unhealthy instances first, on request (Selection, A8)
it('begins with the unhealthy instances on request', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'sickInstance', instances: ['9', '13'], untilSeconds: 400 }],
  });
  await lab.host.advance(60_000);
  const strategy = { batchBy: 'count', steps: [3], order: 'unhealthyFirst' };
  expect((await lab.rollOut({ strategy, health: { fixForward: true } })).phase).toBe('succeeded');
  // They are on their own: who serves goes down only when they are well.
  expect(acceptedUpgrades(lab.log).map((ids) => sorted(ids))[0]).toBe('9 13');
  expectImages(lab, NEW);
});

describe.each(KINDS)('by $batchBy', (strategy) => {
  it.each([1, 2, 5, 11])('keeps the floor of a set of %i', (count) => keepsFloor(count, strategy));
});
