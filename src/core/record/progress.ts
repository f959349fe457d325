import type { BatchProgress } from './rollout.ts';

/** The batches with one of them changed. */
export function withBatch(
  batches: readonly BatchProgress[],
  index: number,
  changes: Partial<BatchProgress>,
): readonly BatchProgress[] {
  return batches.map((batch) => (batch.index === index ? { ...batch, ...changes } : batch));
}
