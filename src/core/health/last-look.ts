import { leavesNone } from '../actions/asked.ts';
import type { Instance } from '../instance/instances.ts';
import { membership } from '../messages/membership.ts';
import { withFailure } from '../record/failures.ts';
import { isAnother, isUnderWay, whenGone } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { lastKnownAt } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import { expectationOf, isProven } from './expectation.ts';
import { viewOf } from '../record/new-row.ts';
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
  /** `missing`: its own GET says so; `undefined`: nobody knows. */
  instance: Instance | 'missing' | undefined,
  operation: Operation | undefined,
  seen: Observation,
): LedgerRow {
  const updatedAt = new Date(seen.now).toISOString();
  if (instance === undefined) return row;
  const lagsNoMore =
    seen.now - (operation === undefined ? Date.parse(row.updatedAt) : lastKnownAt(operation)) >=
    seen.viewLagSeconds * 1000;
  // fence I15: a stopped rollout calls nobody gone whom a view may still miss
  if (instance === 'missing') return lagsNoMore ? { ...whenGone(row), ...endOfGone(row), updatedAt } : row;
  if (isAnother(row, instance)) return { ...row, state: 'gone', updatedAt };
  // Between two actions it is on neither side.
  const isBetween = row.state === 'pending' && row.actionsDone > 0;
  if (operation === undefined || isBetween) return { ...row, ended: 'unknown', updatedAt };
  const { kind } = lookAt(instance, expectationOf(row, operation, seen));
  const isForward = row.direction === 'forward';
  const shown = { ...row, ...viewOf(instance), updatedAt };
  const isLastStep = row.actionsDone >= row.actions.length - 1;
  if (kind === 'healthy' && isLastStep && isProven(row, operation, seen)) {
    return { ...shown, state: 'done', ended: isForward ? 'after' : 'before' };
  }
  if (kind === 'untouched' && row.actionsDone === 0 && lagsNoMore) {
    return { ...shown, state: 'pending', ended: isForward ? 'before' : 'after' };
  }
  return row;
}

/** On which side of the change an instance is that the rollout itself has taken away. */
function endOfGone(row: LedgerRow): Pick<LedgerRow, 'ended'> {
  return whenGone(row).state === 'done' ? { ended: 'after' } : {};
}

/**
 * What a look at all instances, the last before the end, makes of one that is done. One that runs another image than it
 * was brought to has been changed since; right after it was done a list may still be behind what was seen of it.
 */
export function lookOnceMore(
  row: LedgerRow,
  instance: Instance | undefined,
  { image, now, viewLagSeconds }: Pick<Observation, 'image' | 'now' | 'viewLagSeconds'>,
): LedgerRow | 'tooEarly' {
  const updatedAt = new Date(now).toISOString();
  if (instance === undefined) return leavesNone(row.actions) ? row : { ...row, state: 'gone', updatedAt };
  const isAsLeft = image === undefined || instance.image === image || !row.actions.includes('upgrade');
  // fence I13: nothing has succeeded of which a target shows otherwise in the end
  if (isAsLeft) return row;
  if (now - Date.parse(row.updatedAt) < viewLagSeconds * 1000) return 'tooEarly';
  const message = membership.notOnTarget(instance.image, image);
  return withFailure({ ...row, ...viewOf(instance), updatedAt }, { code: 'notOnTarget', message });
}
