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
  const processes = new Processes(launching(options, { hostPort, workerPort }), options.app);
  try {
    await processes.start();
    const answer = await fetch(`${workerUrl}/_worker/functions`);
    const timers = keepSchedule((await answer.json()) as readonly ToldFunction[], url);
    return {
      url,
      children: processes.children,
      kill: (what) => processes.kill(what),
      end: () => processes.end(),
      start: (app) => processes.start(app),
      async stop() {
        timers.stop();
        await processes.kill('both');
      },
    };
  } catch (error) {
    await processes.kill('both');
    throw withLastWords(error, processes.children);
  }
}

interface Launching {
  worker(app: string): Child;
  host(app: string): Child;
}

/** How each of the two is started, with an app's folder. */
function launching(
  options: EngineOptions,
  { hostPort, workerPort }: { readonly hostPort: number; readonly workerPort: number },
): Launching {
  const common = { stateDirectory: options.state, readySeconds: READY_SECONDS, readyWhen: readyUrl };
  return {
    worker: (app) =>
      startChild({
        ...common,
        name: 'worker',
        script: WORKER,
        args: [app, String(workerPort), options.deathFile],
        env: { ...appSettings(options, options), WEBSITE_HOSTNAME: `127.0.0.1:${hostPort}` },
      }),
    host: (app) =>
      startChild({
        ...common,
        name: 'host',
        program: 'dotnet',
        script: options.program,
        args: [String(hostPort), `http://127.0.0.1:${workerPort}`, app],
        env: { ...process.env, AzureWebJobsStorage: options.storage },
      }),
  };
}

/** Both processes, as long as they are wanted. */
class Processes {
  /** That live or have lived. */
  readonly children: Child[] = [];
  readonly #launch: Launching;
  #app: string;
  #host: Child | undefined;
  #worker: Child | undefined;
  #isWorkerWanted = false;

  constructor(launch: Launching, app: string) {
    this.#launch = launch;
    this.#app = app;
  }

  async start(app = this.#app): Promise<void> {
    this.#app = app;
    this.#isWorkerWanted = true;
    this.#worker ??= this.#launchWorker();
    this.#host ??= this.#launchHost();
    await this.#host.ready;
  }

  async kill(what: 'worker' | 'host' | 'both'): Promise<void> {
    if (what === 'both') this.#isWorkerWanted = false;
    const host = what === 'worker' ? undefined : this.#host;
    const worker = what === 'host' ? undefined : this.#worker;
    const victims = [host ?? [], worker ?? []].flat();
    for (const { pid } of victims) if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await Promise.all(victims.map(({ ended }) => ended));
  }

  async end(): Promise<void> {
    await this.#host?.stop(GRACE_MILLISECONDS);
    this.#isWorkerWanted = false;
    await this.#worker?.stop(GRACE_MILLISECONDS);
  }

  #launchWorker(): Child {
    const launched = this.#launch.worker(this.#app);
    this.children.push(launched);
    void this.#replaceAtEnd(launched);
    return launched;
  }

  async #replaceAtEnd({ ended }: Child): Promise<void> {
    await ended;
    this.#worker = undefined;
    await delay(UNTIL_NEXT_WORKER_MILLISECONDS);
    if (this.#isWorkerWanted) this.#worker ??= this.#launchWorker();
  }

  #launchHost(): Child {
    const launched = this.#launch.host(this.#app);
    this.children.push(launched);
    void launched.ended.then(() => (this.#host = undefined));
    return launched;
  }
}
