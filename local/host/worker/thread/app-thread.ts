import { SHARE_ENV, Worker } from 'node:worker_threads';
import { AppLoadError } from '../app/load-app.ts';
import type { LogSink } from '../core/types.ts';
import { WorkerExitError } from '../exit.ts';
import { NOTHING_HANDED_OVER } from './messages.ts';
import type { Answered, Asked, Told } from './messages.ts';

type Loaded = Told & { readonly kind: 'loaded' };
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** One worker, from its start to its end. */
export interface AppThread {
  /** Rejects with an {@link AppLoadError} where the app cannot be loaded. */
  readonly loaded: Promise<Loaded>;
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** Rejects with what was thrown there, or with a {@link WorkerExitError} when the worker ends before it answers. */
  ask(asked: WithoutId<Asked>): Promise<Answered>;
  /** Ends it. What it is asked at that moment is never answered: it has not failed. */
  end(): Promise<void>;
}

/** Loads an app in a thread, which may end without its host. It sees the host's environment, also what changes in it. */
export function startAppThread(folder: string, log: LogSink): AppThread {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { workerData: folder, env: SHARE_ENV });
  const waiting = new Map<number, PromiseWithResolvers<Answered>>();
  const loaded = Promise.withResolvers<Loaded>();
  const ended = Promise.withResolvers<number>();
  let asks = 0;
  let hasEnded: number | undefined;
  let isWanted = true;

  worker.on('message', (message: Told | Answered) => {
    switch (message.kind) {
      case 'loaded':
        loaded.resolve(message);
        break;
      case 'notLoaded':
        loaded.reject(message.isPlain ? new AppLoadError(message.message) : new Error(message.message));
        break;
      case 'log':
        log(message.level, message.message);
        break;
      case 'started':
      case 'stopped':
      case 'returned':
      case 'threw':
        settle(message);
        break;
    }
  });
  function settle(answered: Answered): void {
    const asked = waiting.get(answered.id);
    waiting.delete(answered.id);
    if (answered.kind === 'threw') asked?.reject(thrown(answered));
    else asked?.resolve(answered);
  }

  // What is thrown outside of every invocation ends the worker, with the exit code 1.
  worker.on('error', (error: unknown) => {
    log('error', `the worker threw: ${error instanceof Error ? error.stack : String(error)}`);
  });
  worker.on('exit', (code) => {
    hasEnded = code;
    loaded.reject(new AppLoadError(`The app ended its process with code ${code} while it was loaded.`));
    for (const { reject } of isWanted ? waiting.values() : []) reject(new WorkerExitError(code));
    waiting.clear();
    ended.resolve(code);
  });

  return {
    loaded: loaded.promise,
    ended: ended.promise,
    async ask(asked) {
      if (hasEnded !== undefined) throw new WorkerExitError(hasEnded);
      const id = (asks += 1);
      const answered = Promise.withResolvers<Answered>();
      waiting.set(id, answered);
      worker.postMessage({ ...asked, id }, NOTHING_HANDED_OVER);
      return answered.promise;
    },
    async end() {
      isWanted = false;
      await worker.terminate();
    },
  };
}

function thrown({ message, stack }: { readonly message: string; readonly stack: string }): Error {
  return Object.assign(new Error(message), { stack });
}
