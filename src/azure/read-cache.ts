import type { Read } from './port.ts';

interface Entry {
  readonly answer: Promise<Read<unknown>>;
  /** Until when it is given out again; unknown while the service has not answered. */
  until: number | undefined;
}

/** Remembers what was read a short while ago, so that ten people who look cost the service as much as one. */
export interface ReadCache {
  read<T>(key: string, ask: () => Promise<Read<T>>): Promise<Read<T>>;
}

/** Good answers are kept for `seconds`, throttled ones until the service may be asked again, failures not at all. */
export function createReadCache(clock: { now(): number }, seconds: number): ReadCache {
  const entries = new Map<string, Entry>();

  const forget = (): void => {
    for (const [key, { until }] of entries)
      if (until !== undefined && until <= clock.now()) entries.delete(key);
  };

  return {
    async read<T>(key: string, ask: () => Promise<Read<T>>): Promise<Read<T>> {
      forget();
      const known = entries.get(key);
      // Each key is asked for with one type only.
      if (known !== undefined) return left((await known.answer) as Read<T>, known.until, clock.now());
      const entry: Entry = { answer: ask(), until: undefined };
      entries.set(key, entry);
      try {
        const read = (await entry.answer) as Read<T>;
        entry.until = clock.now() + keepMs(read, seconds);
        return read;
      } catch (error) {
        entries.delete(key);
        throw error;
      }
    },
  };
}

function keepMs(read: Read<unknown>, seconds: number): number {
  if (read.kind === 'throttled') return read.retryAfterSeconds * 1_000;
  return read.kind === 'unreachable' ? 0 : seconds * 1_000;
}

/** Who asks later has less to wait. */
function left<T>(read: Read<T>, until: number | undefined, now: number): Read<T> {
  if (read.kind !== 'throttled' || until === undefined) return read;
  return { ...read, retryAfterSeconds: Math.max(1, Math.ceil((until - now) / 1_000)) };
}
