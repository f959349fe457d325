import { http } from '../core/messages/http.ts';
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { problemResponse } from './problem.ts';
import type { Problem } from './problem.ts';

/**
 * By which names the app is reached. `loopback`: on a developer's machine, where nobody shows a key and every caller
 * counts as its user, by the names of that machine only; a page elsewhere could else lead a name of its own to it.
 */
export type Reach = 'loopback' | 'anywhere';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Answers no request that a web page of another origin may have made in the name of its reader. */
export function guarded(reach: Reach, handler: HttpHandler): HttpHandler {
  return (request, context) => {
    const refused = strangerIn(request, reach);
    return refused === undefined ? handler(request, context) : problemResponse(refused);
  };
}

/** Whether it changes nothing. */
export function isReading({ method }: HttpRequest): boolean {
  return READING.has(method);
}

function strangerIn(request: HttpRequest, reach: Reach): Problem | undefined {
  const { hostname, host } = new URL(request.url);
  if (reach === 'loopback' && !LOOPBACK_NAMES.has(hostname)) {
    return {
      status: 403,
      code: 'foreignHost',
      detail: http.foreignHost(hostname),
      remedy: http.foreignHostRemedy,
    };
  }
  if (isReading(request) || isOwnPage(request.headers, host)) return undefined;
  return {
    status: 403,
    code: 'foreignOrigin',
    detail: http.foreignOrigin,
    remedy: http.foreignOriginRemedy,
  };
}

/** Browsers say where a request comes from in one or both of these headers; other clients send neither. */
function isOwnPage(headers: HttpRequest['headers'], host: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  return origin === null || URL.parse(origin)?.host === host;
}
