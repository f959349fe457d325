import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { browse } from './browse.ts';
import { appAddress } from './connection/address.ts';
import { functionKey } from './connection/key.ts';
import { readConnection, takeFlags } from './connection/settings.ts';
import { tokenSource } from './connection/sign-in.ts';
import type { Context } from './context.ts';
import { terminalOf } from './terminal.ts';
import { InterruptedError } from './errors.ts';
import { exitCodeOfError } from './exit-codes.ts';
import { runCli } from './program.ts';
import { wantsJson } from './output.ts';
import { errorJson, errorText } from './show/errors.ts';
import { connection as words } from './messages/connection.ts';

const err = (written: string) => process.stderr.write(written);

/** A launcher and the terminal may both pass one Ctrl-C on; only a second one by hand ends at once. */
const SAME_CTRL_C_MILLISECONDS = 1000;

function ctrlC(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  process.on('SIGINT', () => {
    firstAt ??= Date.now();
    if (Date.now() - firstAt > SAME_CTRL_C_MILLISECONDS) process.exit(130);
    controller.abort();
  });
  return controller.signal;
}

/** Not in the terminal's raw mode, so that Ctrl-C stays a signal. */
function asking(interrupted: AbortSignal): Context['ask'] {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (question) => {
    const lines = createInterface({ input, output, terminal: false });
    try {
      const ended = once(lines, 'close').then(() => '');
      return await Promise.race([lines.question(question, { signal: interrupted }), ended]);
    } catch (error) {
      throw interrupted.aborted ? new InterruptedError(words.interrupted, { cause: error }) : error;
    } finally {
      lines.close();
    }
  };
}

function realContext(flags: Readonly<Record<string, string>>): Context {
  const connection = readConnection(flags, process.env);
  const { stderr } = process;
  const interrupted = ctrlC();
  return {
    http: {
      baseUrl: appAddress(connection.url),
      key: functionKey(connection.url, process.env),
      token: tokenSource(connection, process.env, err),
      fetch,
    },
    out: (written) => process.stdout.write(written),
    err,
    env: process.env,
    clock: {
      now: () => performance.timeOrigin + performance.now(),
      sleep: async (seconds, signal) => {
        // An aborted wait is over, not failed: whoever waits looks at the signal.
        await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
      },
    },
    terminal: terminalOf(stderr, process.env),
    readStdin: () => text(process.stdin),
    ask: asking(interrupted),
    randomId: randomUUID,
    ...(process.stdout.isTTY && { browse }),
    interrupted,
  };
}

// A reader that closes early, as in `vmss-rollout list | head -1`, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const argv = process.argv.slice(2);
try {
  const { rest, flags } = takeFlags(argv);
  process.exitCode = await runCli(rest, realContext(flags));
} catch (error) {
  err(wantsJson(argv) ? errorJson(error) : errorText(error));
  process.exitCode = exitCodeOfError(error);
}
