import type { Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.ts';
import { printRollout, type OutputOptions } from '../output.ts';
import { watch, type Watched, type WatchOptions } from './watch.ts';
import { done } from '../messages/done.ts';

export interface WaitOptions extends OutputOptions {
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly failOnNoop?: boolean;
}

interface Following extends WaitOptions, Omit<WatchOptions, 'timeoutSeconds'> {
  /** Gets the rollout as it was printed. */
  readonly afterwards?: (rollout: Rollout) => Promise<void>;
}

/** Prints the rollout: at once, or with `--wait` when it has ended; the exit code says how. */
export async function follow(context: Context, first: Rollout, options: Following): Promise<ExitCode> {
  const { rollout, code } = await followed(context, first, options);
  await options.afterwards?.(rollout);
  return code;
}

async function followed(
  context: Context,
  rollout: Rollout,
  options: Following,
): Promise<{ readonly rollout: Rollout; readonly code: ExitCode }> {
  const failOnNoop = options.failOnNoop === true;
  if (options.wait !== true) {
    await printRollout(context, rollout, options);
    return { rollout, code: failOnNoop && rollout.noop === true ? EXIT.refused : EXIT.done };
  }
  const watched = await watch(context, rollout, { ...options, timeoutSeconds: options.timeout }).catch(
    (error: unknown) => {
      // A token that has expired ends the watch, and nothing else; what is not there any more does not go on.
      const isGone = error instanceof ApiError && error.status === 404;
      if (!isGone) context.err(`${done.continues(done.lostSight, rollout.id)}\n`);
      throw error;
    },
  );
  const { kind } = watched;
  if (kind === 'interrupted' || kind === 'timedOut') context.err(goesOn(kind, rollout.id, options.timeout));
  await printRollout(context, watched.rollout, options);
  return { rollout: watched.rollout, code: codeOf(watched, options) };
}

function codeOf({ kind, rollout }: Watched, { failOnNoop = false, phases }: Following): ExitCode {
  if (kind === 'reached') return EXIT.done;
  if (kind === 'interrupted') return EXIT.interrupted;
  if (kind === 'timedOut') return EXIT.timedOut;
  const code = exitCodeOf(rollout, { failOnNoop }) ?? EXIT.failed;
  // It ended well, but not where it was waited for.
  return phases !== undefined && code === EXIT.done ? EXIT.failed : code;
}

function goesOn(kind: 'interrupted' | 'timedOut', id: string, timeout: number | undefined): string {
  const why = kind === 'interrupted' ? done.detached : done.notEndedWithin(timeout);
  return `${done.continues(why, id)}\n`;
}
