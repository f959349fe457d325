import type { Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.ts';
import { printRollout, type OutputOptions } from '../output.ts';
import { watch, type Watched } from './watch.ts';

export interface WaitOptions extends OutputOptions {
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly failOnNoop?: boolean;
}

interface Following extends WaitOptions {
  readonly pauseSeconds?: number | undefined;
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
    printRollout(context, rollout, options);
    return { rollout, code: failOnNoop && rollout.noop === true ? EXIT.refused : EXIT.done };
  }
  const watched = await watch(context, rollout, {
    pauseSeconds: options.pauseSeconds,
    timeoutSeconds: options.timeout,
  });
  if (watched.kind !== 'ended') context.err(goesOn(watched.kind, rollout.id, options.timeout));
  printRollout(context, watched.rollout, options);
  return { rollout: watched.rollout, code: codeOf(watched, failOnNoop) };
}

function codeOf({ kind, rollout }: Watched, failOnNoop: boolean): ExitCode {
  if (kind === 'interrupted') return EXIT.interrupted;
  if (kind === 'timedOut') return EXIT.timedOut;
  return exitCodeOf(rollout, { failOnNoop }) ?? EXIT.failed;
}

function goesOn(kind: 'interrupted' | 'timedOut', id: string, timeout: number | undefined): string {
  const why = kind === 'interrupted' ? 'detached' : `not ended within ${timeout} s`;
  return `${why}: rollout ${id} continues; follow it with: vmss-rollout status ${id} --wait\n`;
}
