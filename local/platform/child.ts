import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

export interface ChildOptions<Ready> {
  readonly name: string;
  /** Runs under this Node, unless another program is named. */
  readonly script: string;
  /** Such a program sees to it by itself that it ends when its standard input is closed. */
  readonly program?: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Holds the child's log and its lock. */
  readonly stateDirectory: string;
  /** Called with each line it prints, until it answers with what makes the child ready. */
  readonly readyWhen: (line: string) => Ready | undefined;
  /** How long it may take until then; 40 s by default. */
  readonly readySeconds?: number;
  /** How long it needs after that until it ends in order on SIGTERM. */
  readonly settleMilliseconds?: number;
}

export interface Child<Ready = unknown> {
  readonly name: string;
  readonly pid: number | undefined;
  /** Rejected when the child ends, or stays silent, before it is ready. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<void>;
  /** The last lines of its log, for a message. */
  lastWords(): string;
  stop(graceMilliseconds: number): Promise<void>;
}

const GUARD = join(import.meta.dirname, 'guard.ts');
const READY_SECONDS = 40;

/** Starts a script or a program as a child that cannot outlive this process. */
export function startChild<Ready>(options: ChildOptions<Ready>): Child<Ready> {
  const { name, script, args, stateDirectory } = options;
  const logFile = freshLog(stateDirectory, name);
  const guarded = options.program === undefined ? ['--import', GUARD] : [];
  const child = spawn(options.program ?? process.execPath, [...guarded, script, ...args], {
    env: { ...(options.env ?? process.env), PLATFORM_CHILD_LOCK: join(stateDirectory, `${name}.lock`) },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C in a terminal reaches the whole process group: this process alone decides the order of the end.
    detached: true,
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = endOf(child).finally(() => log.end());
  const ready = readiness(child, options, ended);
  // A child that fails while nobody waits for it is reported by `ended`.
  ready.catch(() => undefined);
  const settled = ready.then(
    () => delay(options.settleMilliseconds ?? 0),
    () => undefined,
  );
  return {
    name,
    pid: child.pid,
    ready,
    ended,
    lastWords: () => tail(logFile),
    async stop(graceMilliseconds) {
      await Promise.race([settled, ended, delay(options.settleMilliseconds ?? 0)]);
      await endInOrder(child, ended, graceMilliseconds);
    },
  };
}

async function readiness<Ready>(
  child: ChildProcess,
  { name, readyWhen, readySeconds = READY_SECONDS }: ChildOptions<Ready>,
  ended: Promise<void>,
): Promise<Ready> {
  const { promise, resolve, reject } = Promise.withResolvers<Ready>();
  if (child.stdout !== null) {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const found = readyWhen(line);
      if (found !== undefined) resolve(found);
    });
  }
  void ended.then(() => reject(new Error(`${name} ended before it was ready`)));
  const tooLong = setTimeout(
    () => reject(new Error(`${name} was not ready within ${readySeconds} s`)),
    readySeconds * 1000,
  );
  return promise.finally(() => clearTimeout(tooLong));
}

async function endOf(child: ChildProcess): Promise<void> {
  await Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => undefined);
}

async function endInOrder(
  child: ChildProcess,
  ended: Promise<void>,
  graceMilliseconds: number,
): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
  await ended;
  clearTimeout(timer);
}

/** One log for each run; the one before is kept. */
function freshLog(directory: string, name: string): string {
  const file = join(directory, `${name}.log`);
  if (existsSync(file)) renameSync(file, join(directory, `${name}.previous.log`));
  return file;
}

function tail(file: string): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}
