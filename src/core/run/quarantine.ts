import type { LedgerRow } from '../record/ledger.ts';

/** Failed, with no rollback started; or already in quarantine, and now allowed below the floor. */
export function canBeQuarantined(
  { state, direction, attempts, failure, quarantine }: LedgerRow,
  { belowFloor = false }: { readonly belowFloor?: boolean | undefined } = {},
): boolean {
  return (
    state === 'failed' ||
    (state === 'quarantined' && belowFloor && quarantine?.belowFloor !== true) ||
    (state === 'pending' && direction === 'rollback' && attempts === 0 && failure !== undefined)
  );
}

/** Those whose protection is still to be set. */
export function toProtect(rows: readonly LedgerRow[]): readonly string[] {
  return rows
    .filter(({ state, quarantine }) => state === 'quarantined' && quarantine?.isProtected !== true)
    .map(({ instanceId }) => instanceId);
}
