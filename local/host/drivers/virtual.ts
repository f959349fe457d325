import type { FunctionApp } from '../worker/app/function-app.ts';
import { createHubClient, type HubClient } from '../hub/client.ts';
import type { LogSink } from '../worker/core/types.ts';
import type { Diagnostic } from '../checks/diagnostics.ts';
import type { Schema } from '../durable/wire/failure.ts';
import { isTerminal, type HistoryEvent } from '../durable/wire/history.ts';
import type { TimerLimits } from '../durable/wire/limits.ts';
import { createDeliveries, type Redelivery } from '../hub/deliveries.ts';
import { createEngine } from '../hub/engine.ts';
import type { ReplayCheck } from '../hub/settings.ts';
import type { HttpClient } from '../hub/http-activity.ts';
import { withWorkerExits, type FaultHooks } from '../hub/faults.ts';
import type { Scheduler, Store } from '../ports.ts';
import type { InstanceStatus } from '../hub/status.ts';
import { createMemoryStore } from '../store/memory.ts';
import { countedIds, firstComeFirstServed, seededScheduler } from './ids.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { createTimerTriggers } from '../triggers/timer-triggers.ts';
import { createVirtualWeb } from './virtual-web.ts';
import { createVirtualWork } from './virtual-work.ts';

export interface VirtualHostOptions {
  readonly app: FunctionApp;
  /** The virtual time at the beginning. */
  readonly startAt: Date;
  /** Chooses the order of what is ready at once; without one it is first come, first served. */
  readonly seed?: number;
  /** Report patterns that misbehave in the cloud; default true. */
  readonly strict?: boolean;
  readonly checkReplay?: ReplayCheck;
  readonly store?: Store;
  readonly schema?: Schema;
  readonly timerLimits?: TimerLimits;
  /** Timers fire when they should, not up to a second early as in the cloud; default false. */
  readonly exactTimers?: boolean;
  /** Timer functions run by their schedule, the default, or only when they are fired. */
  readonly timers?: 'onSchedule' | 'byHand';
  /** How long what a crash interrupts stays hidden; default what host.json says of its queues. */
  readonly redelivery?: Redelivery;
  readonly hooks?: FaultHooks;
  /** Sends what `callHttp` asks for; by default over the network, in real time. */
  readonly http?: HttpClient;
  /** Where the app's durable client finds this host, if its requests are carried to `request`; default a port of its own. */
  readonly clientOrigin?: string;
  /** Where the app's log lines go; default nowhere. */
  readonly log?: LogSink;
}

export interface RunLimits {
  /** Virtual milliseconds; default one year. */
  readonly maxVirtualMs?: number;
}

/** A host whose time stands still while anything is ready, and then jumps to whatever comes next. */
export interface VirtualHost extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly client: HubClient;
  readonly diagnostics: readonly Diagnostic[];
  /** Runs everything that is due now. */
  runUntilIdle(): Promise<void>;
  /** Lets this much virtual time pass, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Asks after every piece of work; throws when nothing is left to run or the time is over. */
  runUntil(condition: () => boolean | Promise<boolean>, limits?: RunLimits): Promise<void>;
  runToEnd(instanceId: string, limits?: RunLimits): Promise<InstanceStatus>;
  history(instanceId: string): readonly HistoryEvent[];
  /**
   * Answers as the host's port would: the app's HTTP functions, the management API, the admin endpoints. The clock
   * stands still meanwhile.
   */
  request(request: Request): Promise<Response>;
  /** Runs a timer function now, whatever its schedule. */
  fireTimer(name: string): Promise<void>;
  /** Loses everything that is not in the store, as a crash does; what was under way comes again after `redelivery`. */
  restart(): void;
}

const NEVER_DUE = { nextAt: () => undefined, runDue: () => Promise.resolve() };

const YEAR_MS = 365 * 86_400_000;

export function createVirtualHost(options: VirtualHostOptions): VirtualHost {
  const { seed, hooks = {} } = options;
  const app = withWorkerExits(options.app, hooks);
  const store = options.store ?? createMemoryStore();
  const clock = createVirtualClock(options.startAt.getTime());
  const ids = countedIds(seed ?? 0);
  const scheduler: Scheduler = seed === undefined ? firstComeFirstServed : seededScheduler(seed);
  const diagnostics: Diagnostic[] = [];
  const log = options.log ?? (() => undefined);
  const schema = options.schema ?? 4;
  const client = createHubClient({ app, store, clock, ids, schema, changed: () => undefined });

  const web = createVirtualWeb({
    ...options,
    app,
    client,
    log,
    schema,
    fire: (name) => running.timers.fire(name) !== undefined,
  });

  const boot = () => {
    let alive = true;
    const guarded: Store = { ...store, commit: (change) => (alive ? store.commit(change) : undefined) };
    const redelivery = options.redelivery ?? app.host.redelivery;
    const deliveries = createDeliveries({ store: guarded, clock, redelivery });
    const engine = createEngine({
      ...options,
      app,
      schema,
      store: guarded,
      clock,
      ids,
      deliveries,
      strict: options.strict ?? true,
      triggersAs: 'value',
      report: (diagnostic) => diagnostics.push(diagnostic),
    });
    const limit = app.host.maxConcurrentActivities;
    const scheduled = createTimerTriggers({ app, clock, env: process.env, log, invoke: web.invokeTimer });
    const timers = options.timers === 'byHand' ? { ...scheduled, ...NEVER_DUE } : scheduled;
    const work = createVirtualWork({ engine, store: guarded, clock, timers, scheduler, limit });
    const stop = (): void => {
      deliveries.loseAll();
      alive = false;
    };
    return { ...work, timers, stop };
  };
  let running = boot();

  const nextTime = (): number | undefined => {
    const times = [store.nextDueAt(clock.now()), clock.nextWakeAt(), running.timers.nextAt()].filter(
      (time) => time !== undefined,
    );
    return times.length === 0 ? undefined : Math.min(...times);
  };
  const runUntilIdle = async (): Promise<void> => {
    while (await running.step());
  };

  const host: VirtualHost = {
    clock,
    client,
    diagnostics,
    runUntilIdle,
    async advance(ms) {
      const target = clock.now() + ms;
      for (;;) {
        await runUntilIdle();
        const next = nextTime();
        if (next === undefined || next > target) break;
        clock.moveTo(next);
      }
      clock.moveTo(target);
      await runUntilIdle();
    },
    async runUntil(condition, { maxVirtualMs = YEAR_MS } = {}) {
      const latest = clock.now() + maxVirtualMs;
      while (!(await condition())) {
        if (await running.step()) continue;
        const next = nextTime();
        if (next === undefined) throw new Error('Nothing is left to run, and the condition does not hold.');
        if (next > latest) throw new Error(`The condition does not hold after ${maxVirtualMs} virtual ms.`);
        clock.moveTo(next);
      }
    },
    async runToEnd(instanceId, limits) {
      const status = () => client.status(instanceId);
      await host.runUntil(() => {
        const now = status();
        if (now === undefined) throw new Error(`There is no instance ${instanceId}.`);
        return isTerminal(now.runtimeStatus);
      }, limits);
      const end = status();
      if (end === undefined) throw new Error(`The instance ${instanceId} is gone.`);
      return end;
    },
    history: (instanceId) => store.history(instanceId),
    request: (request) => web.request(request),
    async fireTimer(name) {
      const run = running.timers.fire(name);
      if (run === undefined) throw new Error(`There is no timer function ${name}.`);
      await run;
    },
    restart() {
      running.stop();
      running = boot();
    },
    async [Symbol.asyncDispose]() {
      running.stop();
      await web.close();
    },
  };
  return host;
}
