import type { AppFunction } from './worker/app/catalog.ts';
import { createHubClient } from './hub/client.ts';
import type { HubClient } from './hub/hub-client.ts';
import type { LogSink } from './worker/core/types.ts';
import { atLeast } from './worker/log.ts';
import { randomIds } from './drivers/ids.ts';
import { createRealDriver, type RealDriver } from './drivers/real.ts';
import type { Schema } from './durable/wire/failure.ts';
import { createDeliveries, type Redelivery } from './hub/deliveries.ts';
import { createEngine } from './hub/engine.ts';
import { clientBinding, type HubAddress } from './http/management/binding.ts';
import { createFront } from './http/front.ts';
import type { AccessKeys } from './http/functions/keys.ts';
import { serveLoopback } from './http/web/server.ts';
import type { Clock, Ids, Store } from './ports.ts';
import { createMemoryStore } from './store/memory.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { startThreadedApp } from './worker/thread/threaded-app.ts';
import { fileMonitor } from './triggers/monitor.ts';
import { createTimerTriggers } from './triggers/timer-triggers.ts';

export interface HostOptions {
  /** The built function app: package.json, host.json and the files that `main` names. */
  readonly appFolder: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Without one the task hub is forgotten when the process ends. */
  readonly stateFolder?: string | undefined;
  readonly schema?: Schema | undefined;
  readonly strict?: boolean | undefined;
  /** Enforced when given, as in the cloud; otherwise every request may call everything. */
  readonly keys?: AccessKeys | undefined;
  /** Instead of what host.json says of its queues' visibility timeouts. */
  readonly redelivery?: Redelivery | undefined;
  readonly log: LogSink;
}

export interface RunningHost {
  /** For example `http://127.0.0.1:7071`. */
  readonly origin: string;
  readonly client: HubClient;
  /** Ends turns under way, then stops; activities under way run again when their redelivery is due after a start. */
  close(): Promise<void>;
}

const systemClock: Clock = { now: () => Date.now() };

function every(ms: number, call: () => void): { stop(): void } {
  const timer = setInterval(call, ms).unref();
  return { stop: () => clearInterval(timer) };
}

/**
 * Runs a function app on the real clock, the app in a thread of its own. One host per process: the library reads the
 * address of its management API from the environment (durable-host.md 5.1).
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const store =
    options.stateFolder === undefined ? createMemoryStore() : openSqliteStore(options.stateFolder);
  try {
    return await startOn(store, options);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function startOn(store: Store, options: HostOptions): Promise<RunningHost> {
  const app = await startThreadedApp(options.appFolder, options.log);
  const log = atLeast(app.host.logLevel, options.log);
  const ids: Ids = randomIds();
  const key = ids.next();
  let driver: RealDriver | undefined;
  let origin = '';
  const address = (): HubAddress => ({ origin, hubName: app.host.hubName, key });
  const schema = options.schema ?? 4;
  const ports = { app, store, clock: systemClock, ids, schema };

  const timers = createTimerTriggers({
    app,
    clock: systemClock,
    env: process.env,
    monitor: options.stateFolder === undefined ? undefined : fileMonitor(options.stateFolder),
    log,
    invoke: async (fn: AppFunction, timerInfo) => {
      await app.invoke(fn, { data: { json: timerInfo }, clientBinding: clientBinding(address(), schema) });
    },
  });
  const client = createHubClient({ ...ports, changed: () => driver?.wake() });
  const front = createFront({
    app,
    client,
    address,
    schema,
    log,
    keys: options.keys,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    fire: (name) => timers.fire(name) !== undefined,
  });
  const server = await serveLoopback((request) => front.handle(request), { port: options.port, log });
  origin = `http://127.0.0.1:${server.port}`;
  process.env['WEBSITE_HOSTNAME'] = `127.0.0.1:${server.port}`;
  await app.start();

  const engine = createEngine({
    ...ports,
    deliveries: createDeliveries({ ...ports, redelivery: options.redelivery ?? app.host.redelivery, every }),
    strict: options.strict ?? false,
    functionTimeoutMs: app.host.functionTimeoutMs,
    clientBinding: () => Promise.resolve(clientBinding(address(), schema)),
    report: ({ rule, instanceId, message }) => log('warning', `${rule} in ${instanceId}: ${message}`),
  });
  driver = createRealDriver({ ...ports, ...app.host, engine, timers, log });
  driver.wake();
  const started = driver;
  return {
    origin,
    client,
    async close() {
      await Promise.all([server.close(), started.stop()]);
      await app.stop();
      store.close();
    },
  };
}
