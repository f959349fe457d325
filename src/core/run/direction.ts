import { failures } from '../messages/failures.ts';
import type { Command } from '../record/command.ts';
import type { EndPhase } from '../record/phase.ts';
import type { Failure, RolloutRecord } from '../record/rollout.ts';
import type { Standing } from './standing.ts';

/** A new direction for a rollout, and what to record about it. */
export type Redirection = (
  | { readonly direction: 'rollback' }
  | { readonly direction: 'stop'; readonly endsAs: EndPhase }
) & {
  readonly failure?: Failure;
  readonly message: string;
};

/** A command or the deadline may redirect a rollout; an abort outranks a rollback. */
export function redirectionOf(record: RolloutRecord, standing: Standing): Redirection | undefined {
  const { direction, canRollBack } = record;
  if (direction === 'stop') return undefined;
  const by = standing.wantedBy?.by ?? '';
  if (standing.wants === 'abort') {
    return { direction: 'stop', endsAs: 'cancelled', message: failures.aborted(by) };
  }
  if (direction === 'forward' && standing.wants === 'rollback') {
    if (canRollBack === false) return nothingToRestore();
    return { direction: 'rollback', message: failures.rollbackAsked(by) };
  }
  const late = overdueOf(record);
  if (late === undefined) return undefined;
  const failure = { code: 'deadlineExceeded', message: late, remedy: failures.deadlineRemedy };
  const endsAs = direction === 'forward' ? 'halted' : 'failed';
  return { direction: 'stop', endsAs, failure, message: failure.message };
}

/** The time limit of the rollout, if it is over. A rollback has its own limit: it depends on how slow Azure is. */
function overdueOf({ direction, spec, clock, rollbackFromSeconds }: RolloutRecord): string | undefined {
  if (direction === 'forward') {
    // fence I10: a rollout is over when its time is
    return clock.seconds < spec.timeoutSeconds ? undefined : failures.deadline(spec.timeoutSeconds);
  }
  const most = spec.rollbackTimeoutSeconds;
  // A rollback from before this was recorded began at the latest when the rollout stopped going forward.
  const from = rollbackFromSeconds ?? spec.timeoutSeconds;
  return clock.seconds - from < most ? undefined : failures.rollbackDeadline(most);
}

/** Instances that were brought to the model that the scale set already had cannot be rolled back to another one. */
export function nothingToRestore(): Redirection {
  const failure = {
    code: 'nothingToRestore',
    message: failures.nothingToRestore,
    remedy: failures.nothingToRestoreRemedy,
  };
  return { direction: 'stop', endsAs: 'halted', failure, message: failure.message };
}

/** How a rollback ends if some values can be written but never read, once everything else is restored. */
export function notWhole(): Failure {
  return {
    code: 'irreversibleChange',
    message: failures.notWhole,
    remedy: failures.notWholeRemedy,
  };
}

/** A rollout that stops may take as long as an operation or missing access may take, plus some minutes. */
const STOP_SLACK_SECONDS = 900;

/** Whether a stopping rollout must wait for nothing more: its time is over, or somebody has aborted it again. */
export function endsNow(
  { direction, stopping, clock, spec }: RolloutRecord,
  commands: readonly Command[],
): boolean {
  if (direction !== 'stop' || stopping === undefined) return false;
  const most = Math.max(spec.health.operationTimeoutSeconds, spec.accessTimeoutSeconds) + STOP_SLACK_SECONDS;
  const isOver = clock.seconds - stopping.seconds > most;
  return (
    isOver ||
    commands.some(({ command, sequence }) => command === 'abort' && sequence > stopping.afterCommand)
  );
}
