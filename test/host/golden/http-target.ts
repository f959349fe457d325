import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventType } from '../../../local/host/durable/wire/event.ts';
import type { HttpAnswer } from '../../../local/host/durable/replay/http-calls.ts';
import type { Recorded, Recordings } from './recordings.ts';

export interface HttpTarget extends AsyncDisposable {
  readonly port: number;
  /** What it was asked, each as one text without what differs between runs. */
  readonly asked: readonly string[];
}

/** Headers that the server adds by itself, like the one that was recorded. */
const OWN_HEADERS = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** The little server that `callHttp` was recorded against: it gives the recorded answers again, in their order. */
export async function startHttpTarget(recording: readonly Recorded[]): Promise<HttpTarget> {
  const answers = recordedAnswers(recording);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(askedText({ method: request.method, url: request.url, headers: request.headers, body }));
      if (request.url === '/redirect') {
        response.writeHead(302, { Location: '/ok' }).end();
        return;
      }
      const answer = answers.shift();
      if (answer === undefined) {
        response.writeHead(599).end('nothing more was recorded');
        return;
      }
      const { port } = server.address() as AddressInfo;
      const headers = Object.entries(answer.headers)
        .filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
        .map(([name, value]): [string, string | string[]] => [name, onPort(value, port)]);
      response.writeHead(answer.statusCode, Object.fromEntries(headers)).end(answer.content);
    });
  });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** All requests that the recorded server saw. */
export function recordedRequests(recordings: Recordings): ReadonlySet<string> {
  return new Set(recordings.logOf('http-target.jsonl').map((asked) => askedText(asked as Asked)));
}

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function askedText({ method, url, headers, body }: Asked): string {
  const own = Object.entries(headers).filter(([name]) => name !== 'host');
  return JSON.stringify([method, url, own.toSorted(([a], [b]) => (a < b ? -1 : 1)), body]);
}

function recordedAnswers(recording: readonly Recorded[]): HttpAnswer[] {
  const last = recording.findLast((entry) => entry.kind === 'orchestrationTrigger');
  const events = last?.trigger.history ?? [];
  return events.flatMap((event) => {
    if (event.EventType !== EventType.TaskCompleted || event.Result?.startsWith('{"statusCode"') !== true)
      return [];
    return JSON.parse(event.Result) as HttpAnswer;
  });
}

function onPort(value: string | readonly string[], port: number): string | string[] {
  const set = (text: string) => text.replace(/^(http:\/\/[^/:]+):\d+/, `$1:${port}`);
  return typeof value === 'string' ? set(value) : value.map(set);
}
