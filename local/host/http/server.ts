import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { errorOf } from '../core/invoke.ts';
import type { LogSink } from '../core/types.ts';

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

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Serves on 127.0.0.1 only. A request whose Host header names another machine is refused, and so is one that a page of
 * another origin sent: otherwise any web page could talk to the host through the user's browser.
 */
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
    fetch: async (request) => {
      if (!isLocal(request)) return new Response('forbidden', { status: 403 });
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

function isLocal(request: Request): boolean {
  const origin = request.headers.get('origin');
  return isLoopback(`http://${request.headers.get('host') ?? ''}`) && (origin === null || isLoopback(origin));
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_NAMES.has(new URL(origin).hostname);
}
