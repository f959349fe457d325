import { logs } from '../core/messages/logs.ts';
import { http } from '../core/messages/http.ts';
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { FieldError } from '../core/spec/field-errors.ts';
import type { App } from './app.ts';
import { prepared } from './prepared.ts';
import type { Prepared } from './prepared.ts';
import { ProblemError, problemResponse } from './problem.ts';

/** Wraps a handler: what it throws as a problem becomes the answer, anything else is logged and not told. */
export function handle(
  answer: (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>,
): HttpHandler {
  return async (request, context) => {
    try {
      return await answer(request, context);
    } catch (error) {
      if (error instanceof ProblemError) return problemResponse(error.problem);
      context.error(logs.requestFailed, error);
      return problemResponse({
        status: 503,
        code: 'unavailable',
        detail: http.unavailable,
        retryAfterSeconds: 5,
      });
    }
  };
}

/** How a caller may name a key of the function app in the query, in any case; the host sees to it, no answer repeats it. */
const KEY_NAMES: ReadonlySet<string> = new Set(['code', 'clientid']);

export function isKeyName(name: string): boolean {
  return KEY_NAMES.has(name.toLowerCase());
}

/**
 * The query without keys, which are the platform's, never ours to judge or to repeat. A field that is there twice is
 * refused: the Functions host joins what such fields say into one text, `1,2`.
 */
export function queryOf(request: HttpRequest): Readonly<Record<string, string>> {
  const fields = [...new URL(request.url).searchParams].filter(([name]) => !isKeyName(name));
  const names = fields.map(([name]) => name.toLowerCase());
  const repeated = new Set(
    fields.flatMap(([name], index) => (names.indexOf(name.toLowerCase()) === index ? [] : [name])),
  );
  if (repeated.size > 0) {
    throw invalidQuery([...repeated].map((path) => ({ path, message: http.repeated })));
  }
  return Object.fromEntries(fields);
}

/** Where the next page of a list is, without the keys of the function app. */
export function nextLink(request: HttpRequest, skipToken: string): string {
  const url = new URL(request.url);
  for (const name of [...url.searchParams.keys()].filter(isKeyName)) url.searchParams.delete(name);
  url.searchParams.set('skipToken', skipToken);
  return url.href;
}

/** Refuses any query where none is known. */
export function noQuery(request: HttpRequest): void {
  const unknown = Object.keys(queryOf(request));
  if (unknown.length > 0) throw invalidQuery(unknown.map((path) => ({ path, message: http.unknownQuery })));
}

export function invalidQuery(errors: readonly FieldError[]): ProblemError {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ProblemError({ status: 400, code: 'invalidQuery', detail, errors });
}

const KEY = /^[\x21-\x7e]{1,255}$/;

export function idempotencyKey(request: HttpRequest): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined || KEY.test(key)) return key;
  throw invalidQuery([{ path: 'Idempotency-Key', message: http.keyFormat }]);
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponseInit {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The rollout that a request's path names. */
export function idIn(request: HttpRequest): string {
  return request.params['id'] ?? '';
}

/** When to look again at something that goes on. */
export function pollHeaders(app: App): Record<string, string> {
  return { 'retry-after': String(Math.ceil(app.ports().pace.pollSeconds)) };
}

/** An answer that need not be sent again to whoever has it already. */
export function jsonWithEtag(
  request: HttpRequest,
  body: unknown,
  headers: Record<string, string> = {},
): HttpResponseInit {
  return sentOnce(request, prepared(body), headers);
}

/** The same, of an answer that many ask for. */
export function sentOnce(
  request: HttpRequest,
  { etag, text, packed }: Prepared,
  headers: Record<string, string> = {},
): HttpResponseInit {
  // A proxy that packs an answer weakens its tag; for a read the weak comparison is enough.
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers: { etag, ...headers } };
  const sent = { 'content-type': 'application/json', etag, vary: 'accept-encoding', ...headers };
  const isPacked = text.length >= PACKED_FROM_LENGTH && unpacks(request);
  return isPacked
    ? { status: 200, headers: { ...sent, 'content-encoding': 'gzip' }, body: packed() }
    : { status: 200, headers: sent, body: text };
}

/** A thousand instances are a third of a megabyte, and a tenth of that when packed. */
const PACKED_FROM_LENGTH = 4096;

function unpacks({ headers }: HttpRequest): boolean {
  return /\bgzip\b/.test(headers.get('accept-encoding') ?? '');
}
