import type { Diagnostic } from '../checks/diagnostics.ts';
import { firstComeFirstServed, countedIds, seededScheduler } from './ids.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualHost, VirtualHostOptions } from './virtual-host.ts';
import { createVirtualWeb } from './virtual-web.ts';
import { createVirtualWork } from './virtual-work.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import { createHubClient } from '../hub/client.ts';
import { createDeliveries } from '../hub/deliveries.ts';
import { createEngine } from '../hub/engine.ts';
import { withWorkerExits } from '../hub/faults.ts';
import { createSessions } from '../hub/sessions.ts';
import type { Scheduler, Store } from '../ports.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createTimerTriggers } from '../triggers/timer-triggers.ts';

const NEVER_DUE = { nextAt: () => undefined, runDue: () => Promise.resolve() };

const YEAR_MS = 365 * 86_400_000;

export function createVirtualHost(options: VirtualHostOptions): VirtualHost {
  const { seed, hooks = {} } = options;
  const app = withWorkerExits(options.app, hooks, () => running.sessions.forget());
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
    const sessions = createSessions(options.replays === 'everyTurn' ? 1 : undefined);
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
      sessions,
      strict: options.strict ?? true,
      triggersAs: 'value',
      clientBinding: web.clientBinding,
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
    return { ...work, timers, sessions, stop };
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
