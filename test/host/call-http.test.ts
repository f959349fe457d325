import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../local/host/durable/actions.ts';
import type { HttpAnswer } from '../../local/host/durable/http-calls.ts';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import { sendHttp } from '../../local/host/http-activity.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');
const OK: HttpAnswer = { statusCode: 200, headers: {}, content: 'done' };
const wait = (headers: Record<string, string>): HttpAnswer => ({ statusCode: 202, headers, content: '' });

async function fetched(input: object, answers: readonly HttpAnswer[]) {
  const left = [...answers];
  const sent: HttpRequest[] = [];
  await using host = createVirtualHost({
    app: await constructsApp(),
    startAt: START,
    exactTimers: true,
    http: async (request) => {
      sent.push(request);
      const answer = left.shift();
      if (answer === undefined) throw new Error('Connection refused (127.0.0.1:1)');
      return answer;
    },
  });
  const id = host.client.start('fetching', { input });
  const { output } = await host.runToEnd(id);
  return { output, sent, seconds: (host.clock.now() - START.getTime()) / 1000 };
}

/** golden 5.12; the recorded requests and answers are compared in the long lane. */
describe('callHttp', () => {
  it('polls a 202 with GET and all headers but the key, as often as it is told to', async () => {
    const { output, sent, seconds } = await fetched(
      {
        method: 'POST',
        url: 'http://a/start',
        body: '1',
        headers: { 'X-Functions-Key': 'k', authorization: 'b' },
      },
      [wait({ Location: 'http://b/1', 'Retry-After': '7' }), wait({ Location: 'http://b/2' }), OK],
    );
    expect(output).toEqual([200, 'done']);
    expect(sent.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
      'POST http://a/start',
      'GET http://b/1',
      'GET http://b/2',
    ]);
    expect(sent.at(-1)).toMatchObject({ headers: { authorization: 'b' } });
    expect(sent.at(-1)).not.toHaveProperty('content');
    expect(sent.at(-1)?.headers).not.toHaveProperty('X-Functions-Key');
    expect(seconds).toBe(37);
  });

  it('does not poll when it is told not to', async () => {
    const answer = wait({ Location: 'http://b/1' });
    const { output, sent } = await fetched({ method: 'GET', url: 'http://a/', enablePolling: false }, [
      answer,
    ]);
    expect([output, sent.length]).toEqual([[202, ''], 1]);
  });

  it('throws what the client says when there is no answer', async () => {
    const { output } = await fetched({ method: 'GET', url: 'http://a/' }, []);
    expect(output).toBe('Connection refused (127.0.0.1:1) ');
  });
});

describe('the client behind it', () => {
  it('reports general headers only, repeated ones as a list, and follows redirects', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/from') {
        response.writeHead(302, { Location: '/to' }).end();
        return;
      }
      response.writeHead(
        201,
        [
          ['X-Two', 'a'],
          ['X-Two', 'b'],
          ['Content-Language', 'en'],
        ].flat(),
      );
      response.end(`${request.method} ${request.headers['content-type']}`);
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const ask = (path: string, method: string, content?: string) =>
      sendHttp({
        method,
        uri: `http://127.0.0.1:${port}${path}`,
        asynchronousPatternEnabled: true,
        ...(content === undefined ? {} : { content }),
      });
    const answer = await ask('/from', 'POST', 'x');
    expect(answer).toMatchObject({
      statusCode: 201,
      content: 'GET undefined',
      headers: { 'X-Two': ['a', 'b'] },
    });
    expect(Object.keys(answer.headers).join()).not.toMatch(/content/i);
    expect((await ask('/to', 'POST', 'x')).content).toBe('POST text/plain');
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await expect(ask('/to', 'GET')).rejects.toThrow(`Connection refused (127.0.0.1:${port})`);
  });

  it('refuses a relative address and a managed identity', async () => {
    const request = { method: 'GET', uri: '/relative', asynchronousPatternEnabled: true };
    await expect(sendHttp(request)).rejects.toThrow('An invalid request URI was provided.');
    await expect(sendHttp({ ...request, uri: 'http://a/', tokenSource: {} })).rejects.toThrow(
      'managed identity',
    );
  });
});
