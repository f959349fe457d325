import type { Answered, Call, OperationName } from '../../client/call.ts';
import type { Problem } from './shapes.ts';

/** A page elsewhere can make a browser send its cookie, never this header. */
const OWN = { 'x-requested-with': 'vmss-rollout', accept: 'application/json' };
const ANSWER_MILLISECONDS = 30_000;

/** The app, or whoever stands in front of it, has answered with something else than what was asked for. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody has answered. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export type Answer<T> =
  | { readonly kind: 'new'; readonly value: T; readonly etag: string | undefined }
  | { readonly kind: 'same' };

/** Asks the API for something, unless it is what the caller has already. */
export async function read<N extends OperationName>(
  asked: Call<N>,
  { etag, signal }: { readonly etag?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<Answer<Answered<N>>> {
  const response = await exchange(asked, {
    headers: { ...OWN, ...(etag !== undefined && { 'if-none-match': etag }) },
    ...(signal !== undefined && { signal }),
  });
  if (response.status === 304) return { kind: 'same' };
  return { kind: 'new', value: await bodyOf<N>(response), etag: response.headers.get('etag') ?? undefined };
}

/** Asks for something to be done; the same key again is the same request, so that it may be sent twice. */
export async function send<N extends OperationName>(
  asked: Call<N>,
  key: string = newKey(),
): Promise<Answered<N>> {
  const headers = { ...OWN, 'content-type': 'application/json', 'idempotency-key': key };
  return bodyOf<N>(await exchange(asked, { headers, body: JSON.stringify(asked.body ?? {}) }));
}

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

async function exchange<N extends OperationName>(
  { method, path }: Call<N>,
  init: RequestInit,
): Promise<Response> {
  const tooLong = AbortSignal.timeout(ANSWER_MILLISECONDS);
  const signal = init.signal ? AbortSignal.any([init.signal, tooLong]) : tooLong;
  try {
    return await fetch(path, { method, cache: 'no-store', redirect: 'error', ...init, signal });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new UnreachableError('the function app does not answer', { cause: error });
  }
}

async function bodyOf<N extends OperationName>(response: Response): Promise<Answered<N>> {
  const body: unknown = await response.json().catch(() => undefined);
  // The app's own tests hold its answers to the description that these types come from.
  if (response.ok && body !== undefined) return body;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new RefusedError(
    response.status,
    isProblem(body) ? body : wordless(response.status),
    Number.isFinite(wait) ? wait : undefined,
  );
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** App Service Authentication and the Functions host refuse without a word. */
function wordless(status: number): Problem {
  if (status === 401) return { code: 'unauthenticated', detail: 'Nobody is signed in.' };
  if (status === 403) return { code: 'forbidden', detail: 'You may not see this.' };
  if (status === 404) return { code: 'notFound', detail: 'There is no such thing.' };
  return { code: 'unavailable', detail: `The function app answered ${status}.` };
}
