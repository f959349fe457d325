import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from '../platform/child.ts';
import { appSettings, readyUrl, type HostOptions } from '../platform/parts.ts';
import { withLastWords } from '../platform/platform.ts';
import { freePort } from '../platform/ports.ts';
import { keepSchedule } from './schedule.ts';
import type { ToldFunction } from './worker/worker.ts';

export interface EngineOptions extends Omit<HostOptions, 'port'> {
  /** The built host, for `dotnet`. */
  readonly program: string;
  readonly storage: string;
  readonly arm: string;
  /** See `worker/death.ts`. */
  readonly deathFile: string;
}

/** The app on the real Durable extension: one process has the extension, another, its worker, has the app. */
export interface RealEngine {
  readonly url: string;
  /** The processes that live or have lived, for a message. */
  readonly children: readonly Child[];
  /** SIGKILL. A worker alone is started again at once, as the Functions host does it; for the rest see `start`. */
  kill(what: 'worker' | 'host' | 'both'): Promise<void>;
  /** SIGTERM to the host, and to the worker once that has ended. */
  end(): Promise<void>;
  /** Starts what does not run, from now on the app of this folder where one is named, and resolves when the host is ready. */
  start(app?: string): Promise<void>;
  stop(): Promise<void>;
}

const WORKER = join(import.meta.dirname, 'worker', 'main.ts');
/** Many may start side by side on few cores. */
const READY_SECONDS = 120;
const GRACE_MILLISECONDS = 10_000;
const UNTIL_NEXT_WORKER_MILLISECONDS = 100;

/** Starts both processes on free ports, and fires the app's timer functions when their schedules say so. */
export async function startRealEngine(options: EngineOptions): Promise<RealEngine> {
  const [hostPort, workerPort] = [await freePort(0), await freePort(0)];
  const url = `http://127.0.0.1:${hostPort}`;
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  const children: Child[] = [];
  let host: Child | undefined;
  let worker: Child | undefined;
  let isWorkerWanted = false;
  let { app } = options;

  function launchWorker(): Child {
    const launched = launch('worker', {
      script: WORKER,
      args: [app, String(workerPort), options.deathFile],
      env: { ...appSettings(options, options), WEBSITE_HOSTNAME: `127.0.0.1:${hostPort}` },
    });
    void replaceAtEnd(launched);
    return launched;
  }

  async function replaceAtEnd({ ended }: Child): Promise<void> {
    await ended;
    worker = undefined;
    await delay(UNTIL_NEXT_WORKER_MILLISECONDS);
    if (isWorkerWanted) worker ??= launchWorker();
  }

  function launchHost(): Child {
    const launched = launch('host', {
      program: 'dotnet',
      script: options.program,
      args: [String(hostPort), workerUrl, app],
      env: { ...process.env, AzureWebJobsStorage: options.storage },
    });
    void launched.ended.then(() => (host = undefined));
    return launched;
  }

  function launch(
    name: string,
    how: { script: string; program?: string; args: readonly string[]; env: NodeJS.ProcessEnv },
  ): Child {
    const child = startChild({
      ...how,
      name,
      stateDirectory: options.state,
      readySeconds: READY_SECONDS,
      readyWhen: readyUrl,
    });
    children.push(child);
    return child;
  }

  async function start(deployed = app): Promise<void> {
    app = deployed;
    isWorkerWanted = true;
    worker ??= launchWorker();
    host ??= launchHost();
    await host.ready;
  }

  async function kill(what: 'worker' | 'host' | 'both'): Promise<void> {
    if (what === 'both') isWorkerWanted = false;
    const victims = [what === 'worker' ? [] : (host ?? []), what === 'host' ? [] : (worker ?? [])].flat();
    for (const { pid } of victims) if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await Promise.all(victims.map(({ ended }) => ended));
  }

  async function end(): Promise<void> {
    await host?.stop(GRACE_MILLISECONDS);
    isWorkerWanted = false;
    await worker?.stop(GRACE_MILLISECONDS);
  }

  try {
    await start();
    const answer = await fetch(`${workerUrl}/_worker/functions`);
    const timers = keepSchedule((await answer.json()) as readonly ToldFunction[], url);
    return {
      url,
      children,
      kill,
      end,
      start,
      async stop() {
        timers.stop();
        await kill('both');
      },
    };
  } catch (error) {
    await kill('both');
    throw withLastWords(error, children);
  }
}
