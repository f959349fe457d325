import type { Answered, Call, OperationName } from '../../client/call.ts';
import { keyHeader } from './key.ts';
import { patched } from './list.ts';
import type { Ask, Said } from './reads.ts';
import type { Problem } from './shapes.ts';
import { startReader } from './thread.ts';

/** A page elsewhere can make a browser send its cookie, never the first of these headers. */
const own = (): Readonly<Record<string, string>> => ({
  'x-requested-with': 'vmss-rollout',
  accept: 'application/json',
  ...keyHeader(),
});
const ANSWER_MILLISECONDS = 30_000;

/** The app, or whoever stands in front of it, has answered with something else than what was asked for. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly problem: Problem;
  /** It was not the app that refused, but somebody in front of it. */
  readonly isWordless: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, text: string, retryAfter: string | null) {
    const said = problemIn(text);
    const problem = said ?? wordless(status);
    super(problem.detail);
    this.status = status;
    this.isWordless = said === undefined;
    this.problem = problem;
    const seconds = Number(retryAfter ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined;
  }
}

/** Nobody has answered. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export type Answer<T> =
  | { readonly kind: 'new'; readonly value: T; readonly etag: string | undefined }
  | { readonly kind: 'same' };

/** An answer that the caller has already. */
interface Before<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

// Its script comes while the page's own is still to come.
const reader = startReader();
let lastId = 0;

/** Asks the API for something, unless it is what the caller has already. */
export async function read<N extends OperationName>(
  { path }: Call<N>,
  {
    before,
    signal,
  }: { readonly before?: Before<Answered<N>> | undefined; readonly signal?: AbortSignal } = {},
): Promise<Answer<Answered<N>>> {
  signal?.throwIfAborted();
  const said = await ask({ id: (lastId += 1), path, headers: own(), etag: before?.etag }, signal);
  switch (said.kind) {
    case 'same':
      return { kind: 'same' };
    case 'new':
      // The app's own tests hold its answers to the description that these types come from.
      return { kind: 'new', value: patched(before?.value, said.difference) as Answered<N>, etag: said.etag };
    case 'refused':
      throw new RefusedError(said.status, said.text, said.retryAfter);
    case 'unreachable':
    case 'stopped':
      throw new UnreachableError('the function app does not answer');
  }
}

function ask(message: Ask, signal: AbortSignal | undefined): Promise<Said> {
  const { promise, resolve } = Promise.withResolvers<Said>();
  const stop = (): void => reader.postMessage({ id: message.id, stop: true } satisfies Ask);
  const hear = ({ data }: MessageEvent<Said>): void => {
    if (data.id !== message.id) return;
    reader.removeEventListener('message', hear);
    signal?.removeEventListener('abort', stop);
    resolve(data);
  };
  reader.addEventListener('message', hear);
  signal?.addEventListener('abort', stop);
  reader.postMessage(message);
  return promise;
}

/**
 * Asks for something to be done; the same key again is the same request, so that it may be sent twice. `etag`: only to
 * what the caller has seen.
 */
export async function send<N extends OperationName>(
  { method, path, body = {} }: Call<N>,
  key: string = newKey(),
  etag?: string,
): Promise<Answered<N>> {
  const response = await fetch(path, {
    method,
    headers: {
      ...own(),
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(etag && { 'if-match': etag }),
    },
    body: JSON.stringify(body),
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
  }).catch((error: unknown) => {
    throw new UnreachableError('the function app does not answer', { cause: error });
  });
  const text = await response.text();
  if (!response.ok) throw new RefusedError(response.status, text, response.headers.get('retry-after'));
  return JSON.parse(text) as Answered<N>;
}

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

function problemIn(text: string): Problem | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isProblem(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** App Service Authentication and the Functions host refuse without a word. */
function wordless(status: number): Problem {
  if (status === 401)
    return { code: 'unauthenticated', detail: 'Nobody is signed in, or a function key is asked for.' };
  if (status === 403) return { code: 'forbidden', detail: 'You may not see this.' };
  if (status === 404) return { code: 'notFound', detail: 'There is no such thing.' };
  return { code: 'unavailable', detail: `The function app answered ${status}.` };
}
