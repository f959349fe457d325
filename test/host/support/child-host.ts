import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { tied } from '../../e2e/support/tied.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'local', 'host', 'main.ts');

export interface ChildHost extends AsyncDisposable {
  readonly origin: string;
  readonly stderr: () => string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the host's command line as a process of its own and waits for its `ready` line. */
export async function spawnHost(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ChildHost> {
  const { child, exited, stderr } = launch(args, env);
  const lines = createInterface({ input: child.stdout });
  const ready = (async () => {
    for await (const line of lines) if (line.startsWith('ready ')) return line.slice('ready '.length);
    return undefined;
  })();
  const origin = await Promise.race([ready, exited.then(() => undefined)]);
  if (origin === undefined) throw new Error(`the host did not start: ${stderr()}`);
  const kill = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    origin,
    stderr,
    kill,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) await kill('SIGKILL');
    },
  };
}

/** Runs the command line to its end; for starts that must fail. */
export async function runHost(args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const { exited, stderr } = launch(args);
  return { code: await exited, stderr: stderr() };
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = tied(
    spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exited, stderr: () => text };
}

/** Polls a condition in real time; only for child processes. */
export async function eventually<T>(
  read: () => Promise<T | undefined>,
  withinMs = 15_000,
  pauseMs = 15,
): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end; await delay(pauseMs)) {
    const value = await read();
    if (value !== undefined) return value;
  }
  throw new Error(`not within ${withinMs} ms`);
}
