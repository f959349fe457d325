import { failures } from '../messages/failures.ts';
import type { Course, Failure, RolloutRecord } from '../record/rollout.ts';
import type { Standing } from './standing.ts';

/** Where a rollout has to turn, and what it will say about that. */
export interface Turn {
  readonly course: Course;
  readonly failure?: Failure;
  readonly message: string;
}

/** A command or the deadline may turn a rollout; an abort outranks a rollback. */
export function turnOf(
  { course, spec, clock, canGoBack }: RolloutRecord,
  standing: Standing,
): Turn | undefined {
  if (course.kind === 'stop') return undefined;
  const by = standing.wantedBy?.by ?? '';
  if (standing.wants === 'abort') {
    return { course: { kind: 'stop', phase: 'cancelled' }, message: failures.aborted(by) };
  }
  if (course.kind === 'forward' && standing.wants === 'rollback') {
    if (canGoBack === false) return nothingToRestore();
    return { course: { kind: 'back' }, message: failures.rollbackAsked(by) };
  }
  // A rollback gets the same time once more: stopping it half-way is worse than letting it take long.
  const limit = course.kind === 'forward' ? spec.timeoutSeconds : 2 * spec.timeoutSeconds;
  // fence I10: a rollout is over when its time is
  if (clock.seconds < limit) return undefined;
  const failure = {
    code: 'deadlineExceeded',
    message: failures.deadline(limit),
    remedy: failures.deadlineRemedy,
  };
  const phase = course.kind === 'forward' ? 'halted' : 'failed';
  return { course: { kind: 'stop', phase }, failure, message: failure.message };
}

/** Instances that were brought to the model that the set has had all along cannot go back to another one. */
export function nothingToRestore(): Turn {
  const failure = {
    code: 'nothingToRestore',
    message: failures.nothingToRestore,
    remedy: failures.nothingToRestoreRemedy,
  };
  return { course: { kind: 'stop', phase: 'halted' }, failure, message: failure.message };
}

/** How a rollback of what can be written and never read ends, once everything else is back. */
export function notWhole(): Failure {
  return {
    code: 'irreversibleChange',
    message: failures.notWhole,
    remedy: failures.notWholeRemedy,
  };
}
