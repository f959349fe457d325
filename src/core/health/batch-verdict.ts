import { isInconclusive } from '../record/failures.ts';
import { isLeftOut } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutSpec } from '../spec/spec.ts';

/** The failed rows when there are more than the spec tolerates; one too many counts while others still settle. */
export function judgeBatch(
  rows: readonly LedgerRow[],
  { maxUnhealthyUpgradedInstancePercent }: RolloutSpec['health'],
): readonly LedgerRow[] | undefined {
  // Who served neither before nor after says nothing of the change.
  const failed = rows.filter(({ state, unserving }) => state === 'failed' && unserving !== true);
  // fence I21: more failures than tolerated redirect the rollout
  return failed.length * 100 > maxUnhealthyUpgradedInstancePercent * rows.length ? failed : undefined;
}

/**
 * Failed rows, those that did not serve before among them, where all together are more than the spec lets be unhealthy:
 * no breach of the change, and yet no reason to go on.
 */
export function tooManyDown(
  ledger: readonly LedgerRow[],
  { maxUnhealthyInstancePercent, fixForward }: RolloutSpec['health'],
): readonly LedgerRow[] | undefined {
  const failed = ledger.filter(({ state }) => state === 'failed');
  if (fixForward || !failed.some(({ unserving }) => unserving === true)) return undefined;
  return failed.length * 100 > maxUnhealthyInstancePercent * ledger.length ? failed : undefined;
}

/** Whether no batch would have too many failed, were those well of which nobody can tell: then a person decides. */
export function isOnlyInconclusive(
  ledger: readonly LedgerRow[],
  failed: readonly LedgerRow[],
  health: RolloutSpec['health'],
): boolean {
  const concerned = new Set(failed.map(({ batch }) => batch));
  const hopeful = ledger
    .filter(({ batch }) => concerned.has(batch))
    .map((row): LedgerRow => (isInconclusive(row) ? { ...row, state: 'done' } : row));
  return [...Map.groupBy(hopeful, ({ batch }) => batch).values()].every(
    (rows) => judgeBatch(rows, health) === undefined,
  );
}

/** How a batch has ended of which every row is over. */
export function phaseOfEnded(rows: readonly LedgerRow[]): 'succeeded' | 'failed' | 'skipped' {
  const isSkipped = rows.length > 0 && rows.every((row) => isLeftOut(row));
  if (isSkipped) return 'skipped';
  return rows.some(({ state }) => state === 'failed') ? 'failed' : 'succeeded';
}
