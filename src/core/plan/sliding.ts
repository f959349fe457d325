import { fallBacks } from '../messages/instances.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { PlannedBatch } from './batches.ts';

/** Why batches that slide would be done no sooner than one after the other; `undefined` where they may be. */
export function slidesInVain(
  { strategy, windows, startIn }: RolloutSpec,
  { batches, most }: { readonly batches: readonly PlannedBatch[]; readonly most: number },
): string | undefined {
  if (strategy.pacing !== 'sliding') return undefined;
  if (most <= 1) return fallBacks.oneSlot;
  // A canary never slides.
  if (batches.filter(({ canary }) => canary !== true).length <= 1) return fallBacks.oneBatch;
  // Each batch asks whether a window is open.
  return windows !== undefined && startIn === undefined ? fallBacks.windows : undefined;
}
