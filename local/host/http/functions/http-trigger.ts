import type { AppFunction } from '../../worker/app/catalog.ts';
import type { FunctionApp } from '../../worker/app/function-app.ts';
import type { TypedData } from '../../worker/core/types.ts';
import { joinedQuery } from '../web/query.ts';
import { parseRoute, pathSegments, requestSegments, type Route } from '../web/routes.ts';

export interface HttpRouter {
  /** Undefined when no function of the app answers to this method and path. */
  find(request: Request): Matched | undefined;
}

export interface Matched {
  readonly fn: AppFunction;
  readonly params: Readonly<Record<string, string>>;
}

/** The app's HTTP triggers below the route prefix of its host.json; the route defaults to the function's name. */
export function createHttpRouter(app: FunctionApp): HttpRouter {
  const prefix = pathSegments(app.host.routePrefix);
  const routes = app
    .functions('httpTrigger')
    .map((fn) => ({ fn, route: routeOf(fn) }))
    .sort((a, b) => (a.route.precedence < b.route.precedence ? -1 : 1));
  return {
    find(request) {
      const path = requestSegments(new URL(request.url).pathname);
      const isBelow = prefix.every((segment, index) => segment.toLowerCase() === path[index]?.toLowerCase());
      if (!isBelow) return undefined;
      for (const { fn, route } of routes) {
        const params = route.methods.includes(request.method)
          ? route.match(path.slice(prefix.length))
          : undefined;
        if (params !== undefined) return { fn, params };
      }
      return undefined;
    },
  };
}

function routeOf(fn: AppFunction): Route {
  const { route, methods } = fn.trigger;
  const names = Array.isArray(methods) && methods.length > 0 ? methods.map(String) : ['GET', 'POST'];
  return parseRoute(typeof route === 'string' ? route : fn.name, names);
}

/**
 * Data of an httpTrigger in buffered mode (durable-host.md 7). The Functions host reads a body only where the request
 * says how long it is: one that is sent in chunks arrives empty.
 */
export async function requestData(
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<TypedData> {
  return {
    http: {
      method: request.method,
      url: request.url,
      nullableHeaders: wrapped(request.headers),
      nullableQuery: wrapped(joinedQuery(request.url)),
      nullableParams: wrapped(Object.entries(params)),
      ...(request.headers.has('transfer-encoding')
        ? {}
        : { body: { bytes: new Uint8Array(await request.arrayBuffer()) } }),
    },
  };
}

function wrapped(pairs: Iterable<readonly [string, string]>): Record<string, { readonly value: string }> {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, { value }]));
}

interface RpcHttp {
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly RpcCookie[];
  readonly body?: { readonly bytes?: Uint8Array<ArrayBuffer>; readonly string?: string };
}

interface RpcCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: { readonly value: string };
  readonly path?: { readonly value: string };
  readonly expires?: { readonly value: { readonly seconds?: number } };
  readonly secure?: { readonly value: boolean };
  readonly httpOnly?: { readonly value: boolean };
  readonly sameSite?: string;
  readonly maxAge?: { readonly value: number };
}

/** A handler without a result means 204 (durable-host.md 7, inferred). */
export function responseFrom(value: TypedData | null | undefined): Response {
  const http = value?.http as RpcHttp | undefined;
  if (http === undefined) return new Response(null, { status: 204 });
  const status = Number(http.statusCode ?? 200);
  const headers = new Headers(http.headers);
  for (const cookie of http.cookies ?? []) headers.append('set-cookie', cookieText(cookie));
  const body = http.body?.bytes ?? http.body?.string ?? null;
  const isBodyless = status === 204 || status === 205 || status === 304;
  return new Response(isBodyless ? null : body, { status, headers });
}

function cookieText(cookie: RpcCookie): string {
  const { name, value, domain, path, expires, maxAge, secure, httpOnly, sameSite } = cookie;
  const parts = [`${name}=${encodeURIComponent(value)}`];
  if (domain !== undefined) parts.push(`Domain=${domain.value}`);
  if (path !== undefined) parts.push(`Path=${path.value}`);
  if (expires?.value.seconds !== undefined) {
    parts.push(`Expires=${new Date(expires.value.seconds * 1000).toUTCString()}`);
  }
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge.value}`);
  if (secure?.value === true) parts.push('Secure');
  if (httpOnly?.value === true) parts.push('HttpOnly');
  const site = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' }[sameSite ?? ''];
  if (site !== undefined) parts.push(`SameSite=${site}`);
  return parts.join('; ');
}
