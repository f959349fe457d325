import type { AppFunction } from '../../worker/app/catalog.ts';
import type { FunctionApp } from '../../worker/app/function-app.ts';
import type { TypedData } from '../../worker/core/types.ts';
import { joinedQuery } from '../web/query.ts';

const INVOCATION_HEADER = 'x-ms-invocation-id';
/** Headers of one connection are not handed on to the next. */
const HOP_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'host'];

/**
 * Runs an HTTP function of an app that asked for streaming: the raw request goes to the library's own server, its
 * answer is piped through, and the invocation itself carries only names (durable-host.md 7).
 */
export async function streamThrough(
  app: FunctionApp,
  call: {
    readonly fn: AppFunction;
    readonly request: Request;
    readonly params: Readonly<Record<string, string>>;
    readonly clientBinding: string;
    readonly httpUri: string;
  },
): Promise<Response> {
  const { fn, request, params, clientBinding, httpUri } = call;
  const invocationId = crypto.randomUUID();
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of HOP_HEADERS) headers.delete(name);
  headers.set(INVOCATION_HEADER, invocationId);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', url.protocol.replace(':', ''));

  const stop = new AbortController();
  const target = new URL(url.pathname + url.search, httpUri);
  const answered = fetch(target, {
    method: request.method,
    headers,
    body: request.body,
    duplex: 'half',
    redirect: 'manual',
    signal: stop.signal,
  });
  const failed = app
    .invoke(fn, {
      data: undefined,
      triggerMetadata: metadataOf(request, params),
      clientBinding,
      invocationId,
    })
    .then(() => answered);
  try {
    const response = await Promise.race([answered, failed]);
    const shown = new Headers(response.headers);
    for (const name of [INVOCATION_HEADER, ...HOP_HEADERS]) shown.delete(name);
    return new Response(response.body, { status: response.status, headers: shown });
  } catch (error) {
    stop.abort();
    answered.catch(() => undefined);
    throw error;
  }
}

function metadataOf(
  request: Request,
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, TypedData>> {
  const query = joinedQuery(request.url);
  const all = { ...Object.fromEntries(query), ...params };
  return {
    Headers: { json: JSON.stringify(Object.fromEntries(request.headers)) },
    Query: { json: JSON.stringify(Object.fromEntries(query)) },
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, { string: value }])),
  };
}
