import type { AppFunction } from '../worker/app/catalog.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { LogSink } from '../worker/core/types.ts';
import type { Schema } from '../durable/wire/failure.ts';
import { clientBinding, type HubAddress } from '../http/management/binding.ts';
import { createFront } from '../http/front.ts';
import { serveLoopback, type LoopbackServer } from '../http/web/server.ts';

export interface VirtualWeb {
  request(request: Request): Promise<Response>;
  invokeTimer(this: void, fn: AppFunction, timerInfo: string): Promise<void>;
  /** The input of a function that uses the durable client. */
  clientBinding(this: void): Promise<string>;
  close(): Promise<void>;
}

/**
 * HTTP of a virtual host. Requests are answered in process; only the library's durable client insists on a socket, so
 * one on loopback is opened when a function that uses it runs for the first time, unless somebody carries what the client
 * sends to `clientOrigin`.
 */
export function createVirtualWeb(settings: {
  readonly app: FunctionApp;
  readonly client: HubClient;
  readonly log: LogSink;
  readonly schema: Schema;
  readonly fire: (name: string) => boolean;
  readonly clientOrigin?: string;
}): VirtualWeb {
  const { app, log, clientOrigin } = settings;
  let server: Promise<LoopbackServer> | undefined;
  let origin = clientOrigin ?? 'http://localhost';
  const address = (): HubAddress => ({ origin, hubName: app.host.hubName, key: 'virtual' });

  const listen = async (): Promise<void> => {
    if (clientOrigin !== undefined) return;
    server ??= serveLoopback((request) => front.handle(request), { port: 0, log, unref: true });
    origin = `http://127.0.0.1:${(await server).port}`;
  };
  const front = createFront({ ...settings, address, beforeClientUse: listen });

  const bindClient = async (): Promise<string> => {
    await listen();
    return clientBinding(address(), settings.schema);
  };

  return {
    request: (request) => front.handle(request),
    clientBinding: bindClient,
    async invokeTimer(fn, timerInfo) {
      const client = app.usesClient(fn) ? { clientBinding: await bindClient() } : {};
      await app.invoke(fn, { data: { json: timerInfo }, ...client });
    },
    async close() {
      await (await server)?.close();
    },
  };
}
