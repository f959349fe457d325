import { batchNames } from '../messages/instances.ts';
import type { BatchProgress, RolloutRecord } from './rollout.ts';

/** What a batch is called: by its domain or its part of the rollout, else by its index. */
export function batchName({ batches }: Pick<RolloutRecord, 'batches'>, index: number): string {
  return batches[index]?.name ?? batchNames.index(index);
}

/** The batches with one of them changed. */
export function withBatch(
  batches: readonly BatchProgress[],
  index: number,
  changes: Partial<BatchProgress>,
): readonly BatchProgress[] {
  return batches.map((batch) => (batch.index === index ? { ...batch, ...changes } : batch));
}
