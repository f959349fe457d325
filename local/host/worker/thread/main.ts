import { parentPort, workerData } from 'node:worker_threads';
import { AppLoadError, loadApp } from '../app/load-app.ts';
import type { FunctionApp } from '../app/function-app.ts';
import { unservedBindings } from '../app/unserved.ts';
import { installFunctionsCore } from '../core/install.ts';
import { errorOf } from '../core/invoke.ts';
import { atLeast } from '../log.ts';
import { NOTHING_HANDED_OVER } from './messages.ts';
import type { Answered, Asked, Told } from './messages.ts';

// The thread that has the app: loads it, says which functions there are, and runs those that it is handed.

if (parentPort === null) throw new Error('this file runs in a thread of the host');
const port = parentPort;
const send = (message: Told | Answered): void => port.postMessage(message, NOTHING_HANDED_OVER);

async function load(folder: string): Promise<FunctionApp | undefined> {
  const core = installFunctionsCore();
  try {
    const app = await loadApp(core, folder);
    const log = atLeast(app.host.logLevel, (level, message) => send({ kind: 'log', level, message }));
    core.log.sink = log;
    for (const sentence of unservedBindings(core.functions)) log('warning', sentence);
    const functions = core.functions.map(({ metadata }) => plain(metadata));
    send({ kind: 'loaded', functions, host: app.host });
    return app;
  } catch (error) {
    const isPlain = error instanceof AppLoadError;
    const { message, stack } = errorOf(error);
    send({ kind: 'notLoaded', message: isPlain ? message : stack, isPlain });
    return undefined;
  }
}

/** Options of a trigger may hold what only this thread can. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

async function handle(app: FunctionApp, asked: Asked): Promise<Answered> {
  const { id } = asked;
  switch (asked.kind) {
    case 'start':
      await app.start();
      return { id, kind: 'started', httpUri: await app.httpUri() };
    case 'stop':
      await app.stop();
      return { id, kind: 'stopped' };
    case 'invoke':
      break;
  }
  const fn = app.find(asked.type, asked.name);
  if (fn === undefined) throw new Error(`The app has no ${asked.type} "${asked.name}".`);
  return { id, kind: 'returned', response: await app.invoke(fn, asked.invocation) };
}

const app = await load(workerData as string);
if (app !== undefined) {
  port.on('message', (asked: Asked) => {
    handle(app, asked)
      .then(send)
      .catch((error: unknown) => send({ id: asked.id, kind: 'threw', ...errorOf(error) }));
  });
}
