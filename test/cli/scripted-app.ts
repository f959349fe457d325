import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export type Reply =
  | 'drop'
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

export interface SeenRequest {
  readonly line: string;
  readonly idempotencyKey?: string;
  readonly ifNoneMatch?: string;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly authorization?: string;
  readonly body?: unknown;
}

export interface ScriptedApp extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
}

/** For each `METHOD path` the replies in order; the last one is given again and again. */
export type Script = Readonly<Record<string, readonly Reply[]>>;

/** A function app that says what the script says: written from the contract, knowing nothing of the real one. */
export async function startScriptedApp(script: Script): Promise<ScriptedApp> {
  const requests: SeenRequest[] = [];
  const told = new Map<string, number>();
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    requests.push(await seen(line, request));
    const replies = script[line] ?? [problem(404, 'notFound', `nothing at ${request.url}`)];
    const count = told.get(line) ?? 0;
    told.set(line, count + 1);
    const reply = replies[Math.min(count, replies.length - 1)] ?? 'drop';
    if (reply === 'drop') {
      request.socket.destroy();
      return;
    }
    const type = reply.status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(reply.status, { 'content-type': type, ...reply.headers });
    response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the scripted app has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function seen(line: string, request: IncomingMessage): Promise<SeenRequest> {
  const body = await text(request);
  const { 'idempotency-key': key, 'if-none-match': ifNoneMatch, 'x-functions-key': sent } = request.headers;
  const ifMatch = request.headers['if-match'];
  const { authorization } = request.headers;
  return {
    line,
    ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(typeof sent === 'string' ? { key: sent } : {}),
    ...(authorization === undefined ? {} : { authorization }),
    ...(body === '' ? {} : { body: JSON.parse(body) }),
  };
}

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body, headers };
}

export function accepted(body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 202, body, headers };
}

export function problem(
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  return { status, body: { type: 'about:blank', title: code, status, detail, code, ...more } };
}
