import type { AppFunction } from '../worker/app/catalog.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import { errorOf } from '../worker/core/invoke.ts';
import type { LogSink } from '../worker/core/types.ts';
import type { Clock } from '../ports.ts';
import type { TimerMonitor } from './monitor.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

/** The timer functions of an app. They are told what is due and never overlap with themselves. */
export interface TimerTriggers {
  /** When the next one falls due. */
  nextAt(): number | undefined;
  /** Runs everything that is due; resolves when all of it has ended. */
  runDue(): Promise<void>;
  /** Runs a function now, whatever its schedule; undefined when there is none of that name. */
  fire(name: string): Promise<void> | undefined;
}

interface Timer {
  readonly fn: AppFunction;
  readonly schedule: Schedule;
  due: number | undefined;
  last: number | undefined;
  running: boolean;
}

export interface TimerSettings {
  readonly app: FunctionApp;
  readonly clock: Clock;
  readonly invoke: (fn: AppFunction, timerInfo: string) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: LogSink;
  /** Without one, nothing is remembered over a restart. */
  readonly monitor?: TimerMonitor | undefined;
}

/** Later than this after its time, a run is told that it is past due. */
const PAST_DUE_MS = 1000;
const MONITORED_MS = 60_000;

export function createTimerTriggers({ app, clock, invoke, env, log, monitor }: TimerSettings): TimerTriggers {
  const timers = app.functions('timerTrigger').flatMap((fn): Timer | readonly [] => {
    try {
      const schedule = parseSchedule(String(fn.trigger['schedule']), env);
      const kept = fn.trigger['useMonitor'] === false ? undefined : monitor?.read(fn.name);
      const missed = kept?.next !== undefined && kept.next < clock.now() ? kept.next : undefined;
      const due = fn.trigger['runOnStartup'] === true ? clock.now() : schedule.next(clock.now());
      return { fn, schedule, due: missed ?? due, last: kept?.last, running: false };
    } catch (error) {
      log('error', `timer ${fn.name} is in error and never fires: ${errorOf(error).message}`);
      return [];
    }
  });

  /** Schedules of less than a minute are not monitored (durable-host.md 7). */
  function remember({ fn, schedule, last, due }: Timer): void {
    const next = due === undefined ? undefined : schedule.next(due);
    const isFrequent = due !== undefined && next !== undefined && next - due < MONITORED_MS;
    if (!isFrequent && fn.trigger['useMonitor'] !== false) monitor?.write(fn.name, { last, next: due });
  }

  for (const timer of timers) remember(timer);

  async function run(timer: Timer, isPastDue: boolean): Promise<void> {
    if (timer.running) return;
    timer.running = true;
    const startedAt = clock.now();
    try {
      await invoke(timer.fn, timerInfo(timer, startedAt, isPastDue));
    } catch (error) {
      log('error', `timer ${timer.fn.name} failed: ${errorOf(error).message}`);
    } finally {
      timer.running = false;
      timer.last = startedAt;
      remember(timer);
    }
  }

  return {
    nextAt() {
      const times = timers.flatMap((timer) => timer.due ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    async runDue() {
      const now = clock.now();
      const due = timers.filter((timer) => timer.due !== undefined && timer.due <= now);
      await Promise.all(
        due.map((timer) => {
          const isPastDue = now - (timer.due ?? now) > PAST_DUE_MS;
          timer.due = timer.schedule.next(now);
          return run(timer, isPastDue);
        }),
      );
    },
    fire(name) {
      const timer = timers.find(({ fn }) => fn.name.toLowerCase() === name.toLowerCase());
      return timer === undefined ? undefined : run(timer, false);
    },
  };
}

/** JSON text; the library turns the names into camel case. */
function timerInfo(timer: Timer, now: number, isPastDue: boolean): string {
  const text = (ms: number | undefined): string => new Date(ms ?? 0).toISOString();
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: text(timer.last),
      Next: text(timer.schedule.next(now)),
      LastUpdated: text(timer.last),
    },
    IsPastDue: isPastDue,
  });
}
