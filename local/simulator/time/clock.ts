/** The only source of time. Milliseconds since the epoch, in simulated time. */
export interface Clock {
  now(): number;
  /**
   * Waits a simulated while. Given over HTTP, where accepting a write takes real time; absent in virtual time,
   * where the clock stands still while a request is handled.
   */
  sleep?(milliseconds: number): Promise<void>;
}

/** Simulated time that starts at `start` and runs `timeScale` times as fast as the wall clock. */
export function createScaledClock(
  wallNow: () => number,
  timeScale: number,
  start = wallNow(),
): Required<Clock> {
  return {
    now: () => Math.floor(start + (wallNow() - start) * timeScale),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds / timeScale);
      }),
  };
}

/**
 * Turns simulated time into what stands on the wire.
 *
 * With a time scale the simulated clock runs ahead of the caller's. A caller compares status times with its own
 * clock ("is this failure older than my write?"), so times on the wire are the caller's.
 */
export interface WireTime {
  /** Azure's format, seven digits of a second (arm-vmss.md 1.4). */
  date(time: number): string;
  /** From now on dates stand this much ahead, as if the service's clock had jumped. */
  jump(seconds: number): void;
  /** Whole seconds of the caller, never below 1. */
  retryAfter(simulatedSeconds: number): string;
}

/** Texts of times that a simulator remembers: every list shows most times of the list before. */
const MOST_TEXTS = 5000;

export function createWireTime(start: number, timeScale: number): WireTime {
  let ahead = 0;
  const texts = new Map<number, string>();
  return {
    jump(seconds) {
      ahead += seconds * 1000;
    },
    date(time) {
      const wall = time <= start ? time : start + (time - start) / timeScale;
      const whole = Math.floor(wall + ahead);
      const known = texts.get(whole);
      if (known !== undefined) return known;
      const fraction = String((whole * 7919) % 10_000).padStart(4, '0');
      const text = new Date(whole).toISOString().replace('Z', `${fraction}+00:00`);
      if (texts.size >= MOST_TEXTS) texts.clear();
      texts.set(whole, text);
      return text;
    },
    retryAfter: (simulatedSeconds) => String(Math.max(1, Math.ceil(simulatedSeconds / timeScale))),
  };
}
