import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request: it passes, is dropped before the service sees it, or its answer is lost. */
export type Fate = 'pass' | 'drop' | 'loseAnswer' | 'answer500';

export interface LossyProxy extends AsyncDisposable {
  readonly url: string;
  /** `METHOD path` of every request, in order. */
  readonly requests: string[];
  /** Decides each request's fate from now on. */
  decide(fate: (request: string) => Fate): void;
}

/** Stands between a client and a service on this machine, and loses what it is told to lose. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const requests: string[] = [];
  let decide: (request: string) => Fate = () => 'pass';
  const server = createServer((incoming, outgoing) => {
    const line = `${incoming.method} ${incoming.url}`;
    requests.push(line);
    forward(target, incoming, outgoing, decide(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    decide(fate) {
      decide = fate;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse, fate: Fate): void {
  if (fate === 'drop') {
    incoming.socket.destroy();
    return;
  }
  const { method, headers, url = '/' } = incoming;
  const upstream = send(
    new URL(url, target),
    { ...(method !== undefined && { method }), headers },
    (answer) => {
      if (fate === 'pass') {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      // The service has done its work; only its words do not arrive.
      answer.resume();
      answer.on('end', () => {
        if (fate === 'loseAnswer') incoming.socket.destroy();
        else outgoing.writeHead(500).end();
      });
    },
  );
  upstream.on('error', () => incoming.socket.destroy());
  incoming.pipe(upstream);
}
