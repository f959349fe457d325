import type { LedgerRow } from './ledger.ts';
import type { BatchPhase } from './rollout.ts';
import type { RolloutSpec } from './spec.ts';

/** The failed rows when there are more than the spec tolerates; one too many counts while others still settle. */
export function judgeBatch(
  rows: readonly LedgerRow[],
  { maxUnhealthyUpgradedInstancePercent }: RolloutSpec['health'],
): readonly LedgerRow[] | undefined {
  const failed = rows.filter(({ state }) => state === 'failed');
  return failed.length * 100 > maxUnhealthyUpgradedInstancePercent * rows.length ? failed : undefined;
}

/** How a batch has ended of which every row is over. */
export function phaseOfEnded(rows: readonly LedgerRow[]): BatchPhase {
  const isSkipped = rows.length > 0 && rows.every(({ state }) => state === 'skipped' || state === 'gone');
  if (isSkipped) return 'skipped';
  return rows.some(({ state }) => state === 'failed') ? 'failed' : 'succeeded';
}
