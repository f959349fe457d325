import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../ports.ts';

/** Work that may sleep on the clock. The driver waits for it to end or to fall asleep, whichever comes first. */
export interface Sleepable {
  asleep: number;
  fellAsleep: () => void;
}

/** A clock that stands still until it is moved. */
export interface VirtualClock extends Clock {
  /** Resolves when the clock was moved by `ms`; the only way for an activity to take virtual time. */
  sleep(ms: number): Promise<void>;
  /** When the earliest sleeper is to wake. */
  nextWakeAt(): number | undefined;
}

export interface SteeredClock extends VirtualClock {
  moveTo(time: number): void;
  /** Wakes one sleeper whose time has come: the work it belongs to, or 'nobody'; undefined when none is due. */
  wakeOne(): Sleepable | 'nobody' | undefined;
  /** What sleeps inside `run` belongs to `work`. */
  inside<T>(work: Sleepable, run: () => T): T;
}

interface Sleeper {
  readonly at: number;
  readonly owner: Sleepable | undefined;
  readonly wake: () => void;
}

export function createVirtualClock(start: number): SteeredClock {
  const scope = new AsyncLocalStorage<Sleepable>();
  let now = start;
  let sleepers: Sleeper[] = [];
  return {
    now: () => now,
    sleep(ms) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const owner = scope.getStore();
      const sleeper = { at: now + Math.max(0, ms), owner, wake: () => resolve(undefined) };
      sleepers = [...sleepers, sleeper].sort((a, b) => a.at - b.at);
      if (owner !== undefined) {
        owner.asleep += 1;
        owner.fellAsleep();
      }
      return promise;
    },
    nextWakeAt: () => sleepers[0]?.at,
    moveTo(time) {
      now = Math.max(now, time);
    },
    wakeOne() {
      const [first, ...others] = sleepers;
      if (first === undefined || first.at > now) return undefined;
      sleepers = others;
      if (first.owner !== undefined) first.owner.asleep -= 1;
      first.wake();
      return first.owner ?? 'nobody';
    },
    inside: (work, run) => scope.run(work, run),
  };
}
