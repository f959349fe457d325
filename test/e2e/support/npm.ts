import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Mark } from './processes.ts';
import { tied } from './tied.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const LAST_RESORT_MILLISECONDS = 15_000;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly milliseconds: number;
}

export interface NpmScript extends AsyncDisposable {
  /** What follows `ready` in its output; rejected when it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
  /** All that it has written so far. */
  readonly output: () => string;
  /** Sends the signal to npm alone, as `kill` does. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** `npm run SCRIPT -- ARGS`, as a user types it. */
export function npmRun(script: string, args: readonly string[], mark: Mark): NpmScript {
  const child = tied(
    spawn('npm', ['run', script, '--', ...args], {
      cwd: ROOT,
      env: mark.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    }),
  );
  const startedAt = performance.now();
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = (async () => {
    const [code] = (await once(child, 'exit')) as [number | null];
    // What its children wrote last may still be in the pipe; they may also have kept it open.
    await Promise.race([once(child, 'close'), delay(500)]);
    return { code, output, milliseconds: performance.now() - startedAt };
  })();
  const ready = readyLine(child.stdout, ended);
  // Scripts that are to end by themselves have nobody who waits for their readiness.
  ready.catch(() => undefined);
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    const askedAt = performance.now();
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), LAST_RESORT_MILLISECONDS);
    const told = await ended;
    clearTimeout(timer);
    return { ...told, milliseconds: performance.now() - askedAt };
  };
  return {
    ready,
    ended,
    output: () => output,
    end,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGTERM');
    },
  };
}

async function readyLine(stdout: NodeJS.ReadableStream, ended: Promise<Ended>): Promise<string> {
  const found = (async () => {
    for await (const line of createInterface({ input: stdout })) {
      if (line.startsWith('ready ')) return line.slice('ready '.length);
    }
    return undefined;
  })();
  const url = await Promise.race([found, ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`ended before it was ready:\n${(await ended).output}`);
  return url;
}
