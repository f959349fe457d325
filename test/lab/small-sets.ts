import { expect } from 'vitest';
import { expectImages, expectSafe } from './judge.ts';
import { NEW, startLab } from './lab.ts';

/** One strategy of each kind. */
export const KINDS = [
  { batchBy: 'updateDomain' },
  { batchBy: 'faultDomain' },
  { batchBy: 'zone' },
  { batchBy: 'count', steps: [3] },
  { batchBy: 'percent', steps: ['25%'] },
  { batchBy: 'steps', steps: [1, '50%', '100%'] },
];

/** How many of so many may be down: a fifth, rounded up, but one always stays; of one, all. */
const DOWN = [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4];

/** Rolls a set of `count` instances out, and judges by the log that the floor of the contract stood all the time. */
export async function keepsFloor(count: number, strategy: object): Promise<void> {
  await using lab = await startLab({ count, seed: count });
  const maxUnavailable = count === 1 ? '100%' : undefined;
  const rollout = await lab.rollOut({ strategy: { ...strategy, maxUnavailable } });
  expect({ count, phase: rollout.phase }).toEqual({ count, phase: 'succeeded' });
  expectImages(lab, NEW);
  expectSafe(lab, { floor: count - (DOWN[count] ?? 0) });
}
