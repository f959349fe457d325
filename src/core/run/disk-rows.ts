import { worksOnDisks } from '../actions/sequence.ts';
import { isNoWork } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import { misplaced, showsDisks, workLeft } from '../instance/shown-disks.ts';
import { looks } from '../messages/instances.ts';
import { diskWrites, viewTrustedAt } from '../record/disk-writes.ts';
import { nextAction } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';

/** Milliseconds until the views of these rows' disks can be trusted: until then they may predate our write. */
export function untilDisksShow(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
  { now, viewLagSeconds }: { readonly now: number; readonly viewLagSeconds: number },
): number {
  const times = rows
    .filter((row) => worksOnDisks(nextAction(row)))
    .map(({ instanceId }) => viewTrustedAt(operations, instanceId, viewLagSeconds) - now);
  return Math.max(0, ...times);
}

/**
 * A row just before its disks are written: already past that if there is nothing to do, failed if somebody else has
 * moved a disk that it needs, otherwise unchanged. A rollback undoes only what this rollout did itself.
 */
export function beforeDisks(row: LedgerRow, instance: Instance, operations: readonly Operation[]): LedgerRow {
  const { disks, direction, operation } = row;
  if (!worksOnDisks(nextAction(row))) return row;
  const wasSent = diskWrites(operations, row.instanceId).some((one) => one.direction === 'forward');
  if (disks === undefined || (direction === 'rollback' && !wasSent)) return pastDisks(row);
  if (showsDisks(instance, disks)) {
    if (operation !== undefined) return row;
    // Our own write failed on it and changed nothing: no further write would help.
    return direction === 'rollback' && instance.provisioningState === 'Failed'
      ? failed(row, 'disksNotRestored', instance.provisioning?.message ?? looks.disksFailed)
      : pastDisks(row);
  }
  if (!isNoWork(workLeft(instance, disks))) return row;
  return failed(row, direction === 'rollback' ? 'disksNotRestored' : 'conflict', misplaced(instance, disks));
}

function failed(row: LedgerRow, code: string, message: string): LedgerRow {
  return { ...row, state: 'failed', failure: { code, message } };
}

function pastDisks({ operation: _operation, ...row }: LedgerRow): LedgerRow {
  const actionsDone = row.actionsDone + 1;
  return { ...row, actionsDone, attempts: 0, state: actionsDone < row.actions.length ? 'pending' : 'done' };
}
