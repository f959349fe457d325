import { objections } from '../messages/objections.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { CommandRequest, Objection } from './objections.ts';

/** Failed, and nobody has begun to roll it back. */
export function canBeQuarantined({ state, direction, attempts, failure }: LedgerRow): boolean {
  return (
    state === 'failed' ||
    (state === 'pending' && direction === 'rollback' && attempts === 0 && failure !== undefined)
  );
}

/** What speaks against quarantining just these instances; rows are read for that command alone. */
export function objectionToQuarantine(
  { command, instances = [] }: CommandRequest,
  rows: readonly LedgerRow[],
): Objection | undefined {
  if (command !== 'quarantine') return undefined;
  const wrong = instances.filter((id) => !rows.some((row) => row.instanceId === id && canBeQuarantined(row)));
  if (wrong.length === 0) return undefined;
  return { code: 'wrongPhase', message: objections.notFailedInstances(wrong) };
}

/** Those whose protection is still to be set. */
export function toProtect(rows: readonly LedgerRow[]): readonly string[] {
  return rows
    .filter(({ state, quarantine }) => state === 'quarantined' && quarantine?.isProtected !== true)
    .map(({ instanceId }) => instanceId);
}
