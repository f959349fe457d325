import { setTimeout as delay } from 'node:timers/promises';
import { createCatalog, TRIGGERS } from '../app/catalog.ts';
import type { FunctionApp } from '../app/function-app.ts';
import type { LogSink } from '../core/types.ts';
import { startAppThread, type AppThread } from './app-thread.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * An app in a worker that may end on its own, as under the Functions host: what runs in it then fails, the next worker is
 * started at once, and invocations wait for it. One that cannot be started is tried again, after longer and longer pauses.
 */
export async function startThreadedApp(folder: string, log: LogSink): Promise<FunctionApp> {
  const first = startAppThread(folder, log);
  const { functions, host } = await first.loaded;
  let current = Promise.resolve(first);
  let isStopped = false;
  let httpUri: string | undefined;
  let started: Promise<void> | undefined;

  const start = async (thread: AppThread): Promise<void> => {
    const answered = await thread.ask({ kind: 'start' });
    httpUri = answered.kind === 'started' ? answered.httpUri : undefined;
  };
  const replace = async (): Promise<AppThread> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await delay(pause, undefined, { ref: false });
      if (isStopped) throw new Error('the host stops');
      const next = startAppThread(folder, log);
      try {
        await next.loaded;
        await start(next);
        void watch(next);
        return next;
      } catch (error) {
        log('error', `the worker cannot be started again: ${String(error)}`);
      }
    }
  };
  const watch = async ({ ended }: AppThread): Promise<void> => {
    const code = await ended;
    if (isStopped) return;
    log('error', `the worker ended with code ${code} and is started again`);
    current = replace();
    // Whoever waits for it hears of it; nobody may be waiting.
    current.catch(() => undefined);
  };
  void watch(first);

  return {
    ...createCatalog(functions),
    host,
    async invoke(fn, invocation) {
      const type = TRIGGERS.find((known) => known.toLowerCase() === fn.trigger.type.toLowerCase());
      if (type === undefined) throw new Error(`${fn.name} has a trigger that no host here knows.`);
      const thread = await current;
      const answered = await thread.ask({ kind: 'invoke', type, name: fn.name, invocation });
      return answered.kind === 'returned' ? answered.response : {};
    },
    start: () => (started ??= start(first)),
    async stop() {
      isStopped = true;
      const thread = await current.catch(() => undefined);
      await thread?.ask({ kind: 'stop' });
      await thread?.end();
    },
    httpUri: async () => {
      await current;
      return httpUri;
    },
  };
}
