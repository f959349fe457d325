import type { Engine } from '../hub/engine.ts';
import { errorOf } from '../worker/core/invoke.ts';
import type { LogSink } from '../worker/core/types.ts';
import type { Clock, Store } from '../ports.ts';
import type { TimerTriggers } from '../triggers/timer-triggers.ts';

export interface RealDriverSettings {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: TimerTriggers;
  readonly maxConcurrentActivities: number;
  readonly maxConcurrentOrchestrators: number;
  readonly log: LogSink;
}

export interface RealDriver {
  /** Something may have become ready. */
  wake(): void;
  /** Takes up no more work; resolves when the turns under way have ended. Running activities are left to die. */
  stop(): Promise<void>;
}

/** setTimeout takes no longer delays. */
const LONGEST_WAIT_MS = 2_147_483_647;
const RETRY_AFTER_ERROR_MS = 1000;

/** Runs a hub on the real clock: turns of different instances and activities side by side. */
export function createRealDriver(settings: RealDriverSettings): RealDriver {
  const { engine, store, clock, timers, log } = settings;
  const turns = new Map<string, Promise<void>>();
  const activities = new Set<number>();
  let alarm: NodeJS.Timeout | undefined;
  let isScheduled = false;
  let isStopped = false;

  function wake(): void {
    if (isScheduled || isStopped) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      if (!isStopped) pump();
    });
  }

  function pump(): void {
    // One look at the clock: what comes due during this round must be seen by the alarm.
    const now = clock.now();
    for (const id of store.ready(now)) {
      if (turns.size >= settings.maxConcurrentOrchestrators) break;
      if (!turns.has(id)) startTurn(id);
    }
    for (const task of store.activities(now)) {
      if (activities.size >= settings.maxConcurrentActivities) break;
      if (!activities.has(task.seq)) startActivity(task);
    }
    if ((timers.nextAt() ?? Number.POSITIVE_INFINITY) <= now) void timers.runDue().then(wake);
    setAlarm(now);
  }

  function startTurn(instanceId: string): void {
    const turn = engine
      .runTurn(instanceId)
      .catch((error: unknown) => failed(`turn of ${instanceId}`, error))
      .finally(() => {
        turns.delete(instanceId);
        wake();
      });
    turns.set(instanceId, turn);
  }

  function startActivity(task: Parameters<Engine['runActivity']>[0]): void {
    activities.add(task.seq);
    void engine
      .runActivity(task)
      .catch((error: unknown) => failed(`activity ${task.name}`, error))
      .finally(() => {
        activities.delete(task.seq);
        wake();
      });
  }

  /** An error of the host itself, for instance of the disk: nothing was committed, so the work comes again. */
  async function failed(what: string, error: unknown): Promise<void> {
    if (isStopped) return;
    log('error', `${what} could not be committed and is repeated: ${errorOf(error).message}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_ERROR_MS));
  }

  function setAlarm(now: number): void {
    clearTimeout(alarm);
    const times = [store.nextDueAt(now), timers.nextAt()].filter((time) => time !== undefined);
    if (times.length === 0) return;
    const wait = Math.max(0, Math.min(...times) - clock.now());
    alarm = setTimeout(wake, Math.min(wait, LONGEST_WAIT_MS));
  }

  return {
    wake,
    async stop() {
      isStopped = true;
      clearTimeout(alarm);
      await Promise.all(turns.values());
    },
  };
}
