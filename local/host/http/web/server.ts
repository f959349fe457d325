import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorOf } from '../../worker/core/invoke.ts';
import type { LogSink } from '../../worker/core/types.ts';

export class PortInUseError extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use.`);
    this.name = 'PortInUseError';
  }
}

export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A longer body is refused, as by the Functions host. */
const LONGEST_BODY_BYTES = 104_857_600;

/** Serves on 127.0.0.1 only, and hands requests on as Kestrel, the Functions host's server, does. */
export async function serveLoopback(
  handle: (request: Request) => Promise<Response>,
  options: {
    readonly port: number;
    readonly log: LogSink;
    /** Let the process end although the server is open. */
    readonly unref?: boolean;
  },
): Promise<LoopbackServer> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    // What HTTP/1.0 leaves out.
    hostname: '127.0.0.1',
    fetch: async (request, env) => {
      const { incoming } = env as HttpBindings;
      if (isMalformed(incoming)) return new Response(null, { status: 400 });
      if (Number(incoming.headers['content-length'] ?? 0) > LONGEST_BODY_BYTES) {
        return new Response(null, { status: 413 });
      }
      for (const [name, value] of repeatedHeaders(incoming)) request.headers.set(name, value);
      try {
        return await handle(request);
      } catch (error) {
        options.log('error', `request failed: ${errorOf(error).message}`);
        return new Response(null, { status: 500 });
      }
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    reject(error.code === 'EADDRINUSE' ? new PortInUseError(options.port) : error);
  });
  server.listen(options.port, '127.0.0.1', () => resolve(undefined));
  await promise;
  if (options.unref === true) server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** What Kestrel 10.0 answers 400 although Node reads it: a zero byte in the path, or two words for the host. */
function isMalformed({ url = '', headers, rawHeaders }: IncomingMessage): boolean {
  const [path = ''] = url.split('?', 1);
  const hosts = namesOf(rawHeaders).filter((name) => name === 'host');
  const named = URL.canParse(url) ? new URL(url).host : undefined;
  return path.includes('%00') || hosts.length > 1 || (named ?? headers.host) !== headers.host;
}

/** Joined with a comma and no space, whatever the header (durable-host.md 7: one text for each name). */
function repeatedHeaders({ rawHeaders }: IncomingMessage): readonly (readonly [string, string])[] {
  const names = namesOf(rawHeaders);
  if (new Set(names).size === names.length) return [];
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((wanted) => [
    wanted,
    names.flatMap((name, index) => (name === wanted ? [rawHeaders[2 * index + 1]] : [])).join(','),
  ]);
}

function namesOf(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_text, index) => index % 2 === 0).map((name) => name.toLowerCase());
}
