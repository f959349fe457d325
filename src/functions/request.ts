import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { fingerprint } from '../core/model/canonical.ts';
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
      context.error('the request failed', error);
      return problemResponse({
        status: 503,
        code: 'unavailable',
        detail:
          'the request could not be served just now; it is safe to send it again with the same Idempotency-Key',
        retryAfterSeconds: 5,
      });
    }
  };
}

/** A function's key may come as the query `code`; it is the platform's, never ours to judge or to repeat. */
export function queryOf(request: HttpRequest): Readonly<Record<string, string>> {
  const { code: _key, clientId: _name, ...query } = Object.fromEntries(request.query);
  return query;
}

/** Refuses any query where none is known. */
export function noQuery(request: HttpRequest): void {
  const unknown = Object.keys(queryOf(request));
  if (unknown.length === 0) return;
  const errors = unknown.map((path) => ({ path, message: 'unknown query' }));
  const detail = `unknown query: ${unknown.join(', ')}`;
  throw new ProblemError({ status: 400, code: 'invalidQuery', detail, errors });
}

const KEY = /^[\x21-\x7e]{1,255}$/;

export function idempotencyKey(request: HttpRequest): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined || KEY.test(key)) return key;
  const detail = 'Idempotency-Key must be 1 to 255 visible ASCII characters';
  const errors = [{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }];
  throw new ProblemError({ status: 400, code: 'invalidQuery', detail, errors });
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponseInit {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** An answer that need not be sent again to whoever has it already. */
export function jsonWithEtag(
  request: HttpRequest,
  body: unknown,
  headers: Record<string, string> = {},
): HttpResponseInit {
  const etag = `"${fingerprint(body)}"`;
  // A proxy that packs an answer weakens its tag; for a read the weak comparison is enough.
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers: { etag, ...headers } };
  return json(200, body, { etag, ...headers });
}
