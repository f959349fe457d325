import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';

export type Share = number | string | undefined;

/**
 * How many instances may be out of service at once. A percentage is of the capacity, rounded down, at least 1; absent
 * it is the largest update domain, or a fifth where that is more. One instance always stays, unless `"100%"` is written.
 */
export function maxUnavailableOf(share: Share, capacity: number, largestDomain: number): number {
  const asked = typeof share === 'number' ? share : percentOf(share, capacity, largestDomain);
  // fence I1: the last instance stays
  return share === '100%' ? capacity : Math.min(asked, Math.max(0, capacity - 1));
}

function percentOf(share: string | undefined, capacity: number, largestDomain: number): number {
  if (share === undefined) return Math.max(largestDomain, Math.floor(capacity / 5), 1);
  return Math.max(1, Math.floor((Number(share.slice(0, -1)) * capacity) / 100));
}

/** The fewest instances that must serve at every moment; `goesDown`: whether any is taken out of service at all. */
export function floorOf(
  share: Share,
  capacity: number,
  largestDomain: number,
  { goesDown = true }: { readonly goesDown?: boolean } = {},
): number | Refusal {
  const maxUnavailable = maxUnavailableOf(share, capacity, largestDomain);
  if (goesDown && maxUnavailable < 1 && capacity > 0) {
    return refuse('floorImpossible', refused.floorImpossible(capacity));
  }
  return capacity - maxUnavailable;
}
