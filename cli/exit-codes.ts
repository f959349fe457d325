import type { Rollout } from './api/shapes.ts';
import { ApiError, InterruptedError, NotFoundError, UsageError } from './errors.ts';

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  rolledBack: 4,
  timedOut: 5,
  refused: 6,
  rejected: 7,
  held: 8,
  paused: 9,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_ENDED_PHASE: Readonly<Record<string, ExitCode>> = {
  succeeded: EXIT.done,
  rolledBack: EXIT.rolledBack,
  halted: EXIT.failed,
  failed: EXIT.failed,
  refused: EXIT.refused,
  rejected: EXIT.rejected,
  cancelled: EXIT.rejected,
};

/** The exit code of an ended rollout; undefined while it goes on. */
export function exitCodeOf(rollout: Rollout, { failOnNoop }: { failOnNoop: boolean }): ExitCode | undefined {
  if (failOnNoop && rollout.noop === true) return EXIT.refused;
  // A failure has paused it: nobody would be told who only waits for the end.
  if (rollout.phase === 'paused' && rollout.paused?.by === null) return EXIT.paused;
  return BY_ENDED_PHASE[rollout.phase];
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof NotFoundError) return EXIT.notFound;
  if (error instanceof InterruptedError) return EXIT.interrupted;
  if (!(error instanceof ApiError)) return EXIT.failed;
  if ([400, 413, 415].includes(error.status)) return EXIT.usage;
  if (error.status === 404) return EXIT.notFound;
  if (error.problem.code === 'scaleSetBusy') return EXIT.held;
  return error.status === 422 ? EXIT.refused : EXIT.failed;
}
