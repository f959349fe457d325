import type { Instance } from '../instance/instances.ts';
import { isAnother, isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';
import { expectationOf, isProven, viewOf } from './expectation.ts';
import { lookAt } from './look.ts';
import type { Observation } from './observation.ts';

/** Sent, and not known to have arrived on either side: the rollout has stopped meanwhile. */
export function isOpenEnded(row: LedgerRow): boolean {
  return (
    row.touched &&
    row.direction !== 'stop' &&
    row.ended === undefined &&
    (isUnderWay(row) || row.state === 'pending')
  );
}

/**
 * Where an instance ended whose rollout no longer waits for it. Only what its views show for certain counts; as long as
 * they tell nothing, the row stays as it is.
 */
export function lastLookAt(
  row: LedgerRow,
  instance: Instance | undefined,
  operation: Operation | undefined,
  seen: Observation,
): LedgerRow {
  const updatedAt = new Date(seen.now).toISOString();
  if (instance === undefined || isAnother(row, instance)) return { ...row, state: 'gone', updatedAt };
  // Between two actions it is on neither side.
  const isBetween = row.state === 'pending' && row.step > 0;
  if (operation === undefined || isBetween) return { ...row, ended: 'unknown', updatedAt };
  const { kind } = lookAt(instance, expectationOf(row, operation, seen));
  const isForward = row.direction === 'forward';
  const shown = { ...row, ...viewOf(instance), updatedAt };
  const isLastStep = row.step >= row.actions.length - 1;
  if (kind === 'healthy' && isLastStep && isProven(row, operation, seen)) {
    return { ...shown, state: 'done', ended: isForward ? 'after' : 'before' };
  }
  const lagsNoMore =
    seen.now - Date.parse(operation.endedAt ?? operation.intendedAt) >= seen.viewLagSeconds * 1000;
  if (kind === 'untouched' && row.step === 0 && lagsNoMore) {
    return { ...shown, state: 'pending', ended: isForward ? 'before' : 'after' };
  }
  return row;
}
