import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import type { Context } from '../../../cli/context.ts';
import { runCli } from '../../../cli/program.ts';
import { terminalOf } from '../../../cli/terminal.ts';

export interface Finished {
  readonly exitCode: number;
  readonly out: string;
}

/** Runs one command of the CLI in this process; its progress goes to the screen, its answer to the caller. */
export async function runCommand(
  argv: readonly string[],
  { url, ending }: { readonly url: string; readonly ending: AbortSignal },
): Promise<Finished> {
  const { stdout } = process;
  let out = '';
  const context: Context = {
    http: { baseUrl: url, fetch },
    out: (written) => {
      out += written;
    },
    // The advice to follow the rollout later is of no use when everything ends.
    err: (written) => {
      if (!ending.aborted) stdout.write(written);
    },
    env: process.env,
    clock: {
      now: () => performance.timeOrigin + performance.now(),
      sleep: async (seconds, signal) => {
        // An aborted wait is over, not failed: whoever waits looks at the signal.
        await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
      },
    },
    terminal: terminalOf(stdout, process.env),
    readStdin: () => text(process.stdin),
    ask: undefined,
    randomId: randomUUID,
    interrupted: ending,
  };
  return { exitCode: await runCli(argv, context), out };
}
