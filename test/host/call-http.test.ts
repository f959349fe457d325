import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../local/host/durable/wire/actions.ts';
import type { HttpAnswer } from '../../local/host/durable/replay/http-calls.ts';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import { createHttpClient } from '../../local/host/hub/http-activity.ts';
import { constructsApp } from './support/constructs-app.ts';

async function answering(listener: RequestListener): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const START = new Date('2026-03-01T12:00:00Z');
const OK: HttpAnswer = { statusCode: 200, headers: {}, content: 'done' };
const wait = (headers: Record<string, string>): HttpAnswer => ({ statusCode: 202, headers, content: '' });

async function fetched(input: object, answers: readonly HttpAnswer[], schema: 3 | 4 = 4) {
  const left = [...answers];
  const sent: HttpRequest[] = [];
  await using host = createVirtualHost({
    app: await constructsApp(),
    startAt: START,
    exactTimers: true,
    schema,
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

const SECRETS = { 'X-Functions-Key': 'k', Authorization: 'b', cookie: 'c=1', 'x-other': 'o' };

/** golden 5.12 and golden-3.19, item 5; the recorded requests and answers are compared in the long lane. */
describe('callHttp', () => {
  it('polls a 202 with GET, as often as it is told to', async () => {
    const { output, sent, seconds } = await fetched({ method: 'POST', url: 'http://a/start', body: '1' }, [
      wait({ Location: 'http://b/1', 'Retry-After': '7' }),
      wait({ Location: 'http://b/2' }),
      OK,
    ]);
    expect(output).toEqual([200, 'done']);
    expect(sent.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
      'POST http://a/start',
      'GET http://b/1',
      'GET http://b/2',
    ]);
    expect(sent.at(-1)).not.toHaveProperty('content');
    expect(seconds).toBe(37);
  });

  it('leaves what proves who calls at home when it polls another origin, and has it again back there', async () => {
    const places = ['http://a/1', 'http://b/2', 'http://a:81/3', 'https://a/4', 'http://A:80/5'];
    const { sent } = await fetched({ method: 'GET', url: 'http://a/', headers: SECRETS }, [
      ...places.map((Location) => wait({ Location })),
      OK,
    ]);
    const [athome, abroad] = [{ Authorization: 'b', cookie: 'c=1', 'x-other': 'o' }, { 'x-other': 'o' }];
    expect(sent.map(({ headers }) => headers)).toEqual([SECRETS, athome, abroad, abroad, abroad, athome]);
  });

  it('takes a relative Location as one of the first request, wherever the polls have gone', async () => {
    const { sent } = await fetched({ method: 'GET', url: 'http://a/deep/start?x=1', headers: SECRETS }, [
      wait({ Location: 'next' }),
      wait({ Location: 'http://b/1' }),
      wait({ Location: '/last' }),
      OK,
    ]);
    expect(sent.map(({ uri }) => uri).slice(1)).toEqual([
      'http://a/deep/next',
      'http://b/1',
      'http://a/last',
    ]);
    expect(sent.at(-1)?.headers).toHaveProperty('Authorization');
  });

  it('took all headers but the key anywhere in extension 2.13.7', async () => {
    const { sent } = await fetched(
      { method: 'GET', url: 'http://a/', headers: SECRETS },
      [wait({ Location: 'http://b/1' }), OK],
      3,
    );
    expect(sent.at(-1)?.headers).toEqual({ Authorization: 'b', cookie: 'c=1', 'x-other': 'o' });
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
  const sendHttp = createHttpClient(4);

  it('sends the type of a body with a body only, and its own name', async () => {
    const seen: IncomingMessage[] = [];
    await using server = await answering((request, response) => {
      seen.push(request);
      response.end();
    });
    const request = { uri: server.origin, headers: { 'Content-Type': 'application/json' } };
    await sendHttp({ ...request, method: 'POST', content: '{}', asynchronousPatternEnabled: true });
    await sendHttp({ ...request, method: 'GET', asynchronousPatternEnabled: true });
    await createHttpClient(3)({ ...request, method: 'GET', asynchronousPatternEnabled: true });
    expect(seen.map(({ headers }) => [headers['content-type'], headers['user-agent']])).toEqual([
      ['application/json', 'Microsoft.Azure.WebJobs.Extensions.DurableTask/3.19.0'],
      [undefined, 'Microsoft.Azure.WebJobs.Extensions.DurableTask/3.19.0'],
      [undefined, 'Microsoft.Azure.WebJobs.Extensions.DurableTask/2.13.7'],
    ]);
  });

  it('takes no credential along when it is sent elsewhere', async () => {
    const seen: IncomingMessage[] = [];
    await using elsewhere = await answering((request, response) => {
      seen.push(request);
      response.end();
    });
    await using server = await answering((_request, response) => {
      response.writeHead(307, { location: elsewhere.origin }).end();
    });
    const headers = { Authorization: 'Bearer t', 'x-other': 'o' };
    await sendHttp({ method: 'GET', uri: server.origin, headers, asynchronousPatternEnabled: true });
    expect(seen.map(({ headers: found }) => [found.authorization, found['x-other']])).toEqual([
      [undefined, 'o'],
    ]);
  });

  // Measured on 3.19.0 with a server that writes its headers in small letters.
  it('spells the headers of an answer that it knows as .NET does', async () => {
    await using server = await answering((_request, response) => {
      response.writeHead(200, { 'retry-after': '1', location: '/x', 'x-own': 'a' }).end();
    });
    const answer = await sendHttp({
      method: 'GET',
      uri: server.origin,
      headers: {},
      asynchronousPatternEnabled: true,
    });
    expect(answer.headers).toMatchObject({ 'Retry-After': '1', Location: '/x', 'x-own': 'a' });
  });

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
