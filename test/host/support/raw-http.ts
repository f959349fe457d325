import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/**
 * Sends bytes as they stand, and answers with what came back last before the server closed: what no HTTP client would
 * send can be sent, and nothing is added. The request must ask for the connection to be closed.
 */
export async function sendRaw(
  origin: string,
  ...parts: readonly (string | Uint8Array)[]
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const socket = connect(Number(port), hostname);
  socket.setTimeout(10_000, () => socket.destroy(new Error('no answer within 10 s')));
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.once('error', reject);
  socket.once('close', () => resolve(undefined));
  for (const part of parts) socket.write(part);
  await promise;
  const text = Buffer.concat(chunks).toString();
  const last = text.lastIndexOf('HTTP/1.1 ');
  const [head = '', ...rest] = text.slice(last).split('\r\n\r\n');
  return { status: Number(head.slice(9, 12)), headers: head, body: unchunked(head, rest.join('\r\n\r\n')) };
}

function unchunked(head: string, body: string): string {
  if (!/^transfer-encoding: chunked/im.test(head)) return body;
  let rest = body;
  let text = '';
  for (let size = Number.parseInt(rest, 16); size > 0; size = Number.parseInt(rest, 16)) {
    const from = rest.indexOf('\r\n') + 2;
    text += rest.slice(from, from + size);
    rest = rest.slice(from + size + 2);
  }
  return text;
}

/** The lines of a request; `Host` and `Connection: close` are there unless the headers say otherwise. */
export function rawRequest(
  line: string,
  headers: readonly string[] = ['Host: localhost', 'Connection: close'],
  body = '',
): string {
  return [line, ...headers, '', body].join('\r\n');
}
