import { dotnetHeaderName } from './header-names.ts';
import http from 'node:http';
import https from 'node:https';
import type { HttpRequest } from '../durable/wire/actions.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { HttpAnswer } from '../durable/replay/http-calls.ts';

/** Sends what `callHttp` asks for. Whatever the server answers is an answer; only no answer at all is an error. */
export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/** The real extension's client reports no header that describes the body (golden 5.12). */
const CONTENT_HEADERS = /^(content-.*|allow|expires|last-modified)$/i;
const MOST_REDIRECTS = 50;
const TIMEOUT_MS = 100_000;

const USER_AGENTS: Readonly<Record<Schema, string>> = {
  3: 'Microsoft.Azure.WebJobs.Extensions.DurableTask/2.13.7',
  4: 'Microsoft.Azure.WebJobs.Extensions.DurableTask/3.19.0',
};

/** Behaves like the extension on the wire: its user agent, text/plain bodies, silent redirects (golden 5.12). */
export function createHttpClient(schema: Schema): HttpClient {
  return (request) => sendHttp(request, USER_AGENTS[schema]);
}

async function sendHttp(request: HttpRequest, userAgent: string): Promise<HttpAnswer> {
  if (request.tokenSource !== undefined && request.tokenSource !== null) {
    throw new Error(
      'callHttp with a token source needs a managed identity, which a local host does not have.',
    );
  }
  let url = parse(request.uri);
  let { method, content } = request;
  let headers: Readonly<Record<string, string>> = { ...request.headers, 'user-agent': userAgent };
  for (let redirects = 0; ; redirects += 1) {
    const answer = await exchange(url, { method, headers, content });
    const status = answer.message.statusCode ?? 0;
    const next = redirects < MOST_REDIRECTS ? redirectOf(url, answer.message) : undefined;
    if (next === undefined) {
      return { statusCode: status, headers: generalHeaders(answer.message.rawHeaders), content: answer.body };
    }
    url = next;
    // Wherever it leads: .NET's client, which is the extension's, takes the credential along to nobody.
    headers = withoutHeader(headers, 'authorization');
    if (status <= 303 && method !== 'HEAD') {
      method = 'GET';
      content = undefined;
    }
  }
}

/** .NET's client follows none that leads from https to http. */
function redirectOf(from: URL, { statusCode = 0, headers }: http.IncomingMessage): URL | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  return from.protocol === 'https:' && to.protocol !== 'https:' ? undefined : to;
}

function withoutHeader(headers: Readonly<Record<string, string>>, unwanted: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== unwanted));
}

function parse(uri: string): URL {
  if (URL.canParse(uri)) return new URL(uri);
  throw new Error(
    'An invalid request URI was provided. Either the request URI must be an absolute URI or BaseAddress must be set.',
  );
}

async function exchange(
  url: URL,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly content: string | undefined;
  },
): Promise<{ readonly message: http.IncomingMessage; readonly body: string }> {
  // A type describes a body: the extension's client sends none without one (golden-3.19, item 5).
  const headers =
    request.content === undefined ? withoutHeader(request.headers, 'content-type') : { ...request.headers };
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (request.content !== undefined) {
    if (!isTyped) headers['content-type'] = 'text/plain';
    headers['content-length'] = String(Buffer.byteLength(request.content));
  }
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const send = url.protocol === 'https:' ? https.request : http.request;
  const outgoing = send(url, { method: request.method, headers, timeout: TIMEOUT_MS, agent: false }, resolve);
  outgoing.removeHeader('connection');
  outgoing.once('timeout', () => outgoing.destroy(new Error('A task was canceled.')));
  outgoing.once('error', (error: NodeJS.ErrnoException) => reject(new Error(failureText(error, url))));
  outgoing.end(request.content);
  const message = await promise;
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return { message, body: Buffer.concat(chunks).toString() };
}

/** The words of .NET's client, as recorded for a refused connection and an unknown host. */
function failureText(error: NodeJS.ErrnoException, { hostname, port, protocol }: URL): string {
  const target = `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
  if (error.code === 'ECONNREFUSED') return `Connection refused (${target})`;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return `Name or service not known (${target})`;
  }
  return error.message;
}

function generalHeaders(raw: readonly string[]): HttpAnswer['headers'] {
  const found: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = dotnetHeaderName(raw[index] ?? '');
    const value = raw[index + 1] ?? '';
    if (CONTENT_HEADERS.test(name)) continue;
    const present = found[name];
    found[name] = present === undefined ? value : [present, value].flat();
  }
  return found;
}
