import { differenceOf, itemsIn } from './list.ts';
import type { Items } from './list.ts';
import type { Ask, Said } from './reads.ts';

// A thread of its own: it takes answers in and compares them, so that the page's thread has only what is new to draw.

interface Kept {
  readonly etag: string;
  readonly items: Items;
}

const ANSWER_MILLISECONDS = 30_000;
const MOST_KEPT = 8;
const kept = new Map<string, Kept>();
const asked = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if ('stop' in data) asked.get(data.id)?.abort();
  else void answer(data);
});

async function answer(ask: Exclude<Ask, { stop: true }>): Promise<void> {
  const ending = new AbortController();
  asked.set(ask.id, ending);
  try {
    postMessage(await look(ask, ending.signal));
  } catch {
    postMessage({ id: ask.id, kind: ending.signal.aborted ? 'stopped' : 'unreachable' } satisfies Said);
  } finally {
    asked.delete(ask.id);
  }
}

async function look(
  { id, path, headers, etag }: Exclude<Ask, { stop: true }>,
  ending: AbortSignal,
): Promise<Said> {
  const response = await fetch(path, {
    headers: { ...headers, ...(etag !== undefined && { 'if-none-match': etag }) },
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.any([ending, AbortSignal.timeout(ANSWER_MILLISECONDS)]),
  });
  if (response.status === 304) return { id, kind: 'same' };
  const text = await response.text();
  if (!response.ok) {
    return {
      id,
      kind: 'refused',
      status: response.status,
      text,
      retryAfter: response.headers.get('retry-after'),
    };
  }
  const items = itemsIn(text);
  const known = kept.get(path);
  const before = etag !== undefined && known?.etag === etag ? known.items : undefined;
  const next = response.headers.get('etag') ?? undefined;
  keep(path, next, items);
  return { id, kind: 'new', difference: differenceOf(text, items, before), etag: next };
}

/** The lists that were asked for last. */
function keep(path: string, etag: string | undefined, items: Items | undefined): void {
  kept.delete(path);
  if (etag !== undefined && items !== undefined) kept.set(path, { etag, items });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
