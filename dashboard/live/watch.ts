import { signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Answered, Call, OperationName } from '../../client/call.ts';
import { read, RefusedError } from '../api/client.ts';
import { pauseAfter } from './pace.ts';
import { together } from './together.ts';
import { repeat } from './repeat.ts';

/** Why what is shown may be old, or is not there. */
export interface Trouble {
  readonly kind: 'offline' | 'unavailable' | 'signedOut' | 'turnedAway' | 'forbidden' | 'missing' | 'failed';
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly since: number;
}

/** What the API answers, looked at again and again while somebody sees the page. */
export interface Watch<T> {
  readonly value: ReadonlySignal<T | undefined>;
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  /** Looks at once, as after a command. */
  lookNow(): void;
  stop(): void;
}

interface Kept<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

/** What was seen last, so that whoever comes back sees it at once. */
const seen = new Map<string, Kept<unknown>>();
const MOST_KEPT = 40;

/** Asks again and again; `moves` says whether an answer is about to change. */
export function watch<N extends OperationName>(
  asked: Call<N>,
  moves: (value: Answered<N>) => boolean,
): Watch<Answered<N>> {
  const { path } = asked;
  const value = signal(seen.get(path)?.value as Answered<N> | undefined);
  const trouble = signal<Trouble | undefined>(undefined);
  let inVain = 0;
  const look = async (ending: AbortSignal): Promise<number> => {
    try {
      const before = seen.get(path) as Kept<Answered<N>> | undefined;
      const answer = await read(asked, { before, signal: ending });
      inVain = answer.kind === 'same' ? inVain + 1 : 0;
      if (answer.kind === 'new') {
        keep(path, answer);
        show(value, answer.value);
      }
      trouble.value = undefined;
      const last = answer.kind === 'new' ? answer.value : value.value;
      return pauseAfter({ moves: last !== undefined && moves(last), inVain });
    } catch (error) {
      inVain += 1;
      // A look that was broken off because nobody watches any more is no trouble.
      if (!ending.aborted) trouble.value = troubleOf(error, trouble.value?.since ?? Date.now());
      const retryAfterSeconds = error instanceof RefusedError ? error.retryAfterSeconds : undefined;
      return pauseAfter({ moves: false, inVain, retryAfterSeconds });
    }
  };

  const looks = repeat(look);
  const lookNow = (): void => {
    inVain = 0;
    looks.now();
  };
  return { value, trouble, lookNow, stop: () => looks.stop() };
}

/** The first answer is waited for; later ones can wait for each other. */
function show<T>(value: Signal<T | undefined>, next: T): void {
  if (value.value === undefined) value.value = next;
  else together(() => (value.value = next));
}

function keep(path: string, { value, etag }: Kept<unknown>): void {
  seen.delete(path);
  seen.set(path, { value, etag });
  const [oldest] = seen.keys();
  if (seen.size > MOST_KEPT && oldest !== undefined) seen.delete(oldest);
}

const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

export function troubleOf(error: unknown, since: number): Trouble {
  if (!(error instanceof RefusedError)) {
    return { kind: 'offline', message: 'The function app does not answer.', since };
  }
  const { detail: message, remedy } = error.problem;
  const about = { message, remedy, since };
  if (error.status === 401) return { kind: error.isWordless ? 'turnedAway' : 'signedOut', ...about };
  if (error.status === 403) return { kind: 'forbidden', ...about };
  if (error.status === 404) return { kind: 'missing', ...about };
  // Too many requests, or something behind the app that does not answer: it passes by itself.
  return { kind: PASSING.has(error.status) ? 'unavailable' : 'failed', ...about };
}
