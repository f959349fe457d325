import type { LedgerRow } from '../record/ledger.ts';

/** Failed, and nobody has begun to roll it back. */
export function canBeQuarantined({ state, direction, attempts, failure }: LedgerRow): boolean {
  return (
    state === 'failed' ||
    (state === 'pending' && direction === 'rollback' && attempts === 0 && failure !== undefined)
  );
}

/** Those whose protection is still to be set. */
export function toProtect(rows: readonly LedgerRow[]): readonly string[] {
  return rows
    .filter(({ state, quarantine }) => state === 'quarantined' && quarantine?.isProtected !== true)
    .map(({ instanceId }) => instanceId);
}
