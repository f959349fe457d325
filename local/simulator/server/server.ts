import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Simulator } from '../simulator.ts';
import { answerControl } from './control.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/** Longer than clients keep idle connections, so that none is closed just as it is used again. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** Serves a simulator on the loopback interface; a lost answer closes the connection without a byte. */
export function serve(simulator: Simulator, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((message, response) => {
    void answer(simulator, message, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({ port: portOf(server), close: () => close(server) });
    });
  });
}

async function answer(
  simulator: Simulator,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopback(message.headers.host)) {
    response.writeHead(421, { 'content-type': 'text/plain' }).end('Unknown host\n');
    return;
  }
  try {
    const request = await toRequest(message);
    const isControl = new URL(request.url).pathname.startsWith('/_');
    const reply = isControl ? await answerControl(simulator, request) : await simulator.fetch(request);
    await send(reply, response);
  } catch (error) {
    if (!isNetworkError(error)) console.error(error);
    message.socket.destroy();
  }
}

/** Keeps pages that a browser loaded from elsewhere from talking to the simulator under a name of their own. */
function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host ?? '');
}

async function toRequest(message: IncomingMessage): Promise<Request> {
  const url = `http://${message.headers.host}${message.url ?? '/'}`;
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, [value].flat().join(', '));
  }
  const { method = 'GET' } = message;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  const body = await readBody(message);
  return new Request(url, body === '' ? { method, headers } : { method, headers, body });
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new TypeError('body too large', { cause: 'limit' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

async function send(reply: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await reply.arrayBuffer());
  response.writeHead(reply.status, { ...Object.fromEntries(reply.headers), 'content-length': body.length });
  response.end(body);
}

function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && error.cause !== undefined;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
