import type { Read } from './port.ts';

interface Entry {
  readonly answer: Promise<Read<unknown>>;
  /** When it was asked for. */
  readonly at: number;
  /** What came of it; unknown while the service has not answered. */
  read?: Read<unknown>;
}

/** What was read, and when it was asked for: milliseconds since the epoch. */
export interface Dated<T> {
  readonly read: Read<T>;
  readonly at: number;
}

/** Remembers what was read a short while ago, so that ten people who look cost the service as much as one. */
export interface ReadCache {
  /** `seconds`: how old an answer may be, where whoever asks knows what has changed since. */
  read<T>(key: string, ask: () => Promise<Read<T>>, seconds?: number): Promise<Read<T>>;
  dated<T>(key: string, ask: () => Promise<Read<T>>, seconds?: number): Promise<Dated<T>>;
}

/** Nothing is kept for longer, whoever asks. */
const LONGEST_SECONDS = 600;

/** Good answers are kept for `seconds`, throttled ones until the service may be asked again, failures not at all. */
export function createReadCache(clock: { now(): number }, seconds: number): ReadCache {
  const entries = new Map<string, Entry>();

  const forget = (): void => {
    for (const [key, entry] of entries) if (isOver(entry, LONGEST_SECONDS, clock.now())) entries.delete(key);
  };

  const dated = async <T>(key: string, ask: () => Promise<Read<T>>, keep = seconds): Promise<Dated<T>> => {
    forget();
    const known = entries.get(key);
    if (known !== undefined && !isOver(known, keep, clock.now())) {
      // Each key is asked for with one type only.
      return { read: left((await known.answer) as Read<T>, known.at, clock.now()), at: known.at };
    }
    const entry: Entry = { answer: ask(), at: clock.now() };
    entries.set(key, entry);
    try {
      entry.read = await entry.answer;
      return { read: entry.read as Read<T>, at: entry.at };
    } catch (error) {
      entries.delete(key);
      throw error;
    }
  };

  return { dated, read: async (key, ask, keep) => (await dated(key, ask, keep)).read };
}

function isOver({ at, read }: Entry, seconds: number, now: number): boolean {
  return read !== undefined && now - at >= keepMs(read, seconds);
}

function keepMs(read: Read<unknown>, seconds: number): number {
  if (read.kind === 'throttled') return read.retryAfterSeconds * 1_000;
  return read.kind === 'unreachable' ? 0 : seconds * 1_000;
}

/** Who asks later has less to wait. */
function left<T>(read: Read<T>, at: number, now: number): Read<T> {
  if (read.kind !== 'throttled') return read;
  const until = at + read.retryAfterSeconds * 1_000;
  return { ...read, retryAfterSeconds: Math.max(1, Math.ceil((until - now) / 1_000)) };
}
