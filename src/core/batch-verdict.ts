import type { LedgerRow } from './ledger.ts';
import type { RolloutSpec } from './spec.ts';

/** The failed rows when there are more than the spec tolerates; one too many counts while others still settle. */
export function judgeBatch(
  rows: readonly LedgerRow[],
  { maxUnhealthyUpgradedInstancePercent }: RolloutSpec['health'],
): readonly LedgerRow[] | undefined {
  const failed = rows.filter(({ state }) => state === 'failed');
  return failed.length * 100 > maxUnhealthyUpgradedInstancePercent * rows.length ? failed : undefined;
}
