import { request as send } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostPair } from './support/host-pair.ts';
import { rawRequest, sendRaw } from './support/raw-http.ts';

/**
 * HTTP as the Functions host gives it (issue 9). What Kestrel itself does was measured on Kestrel 10.0.12 with the
 * router that the Functions host uses; what reaches the worker is `ToRpcHttp` of that host's sources.
 */
const APP = join(import.meta.dirname, 'apps', 'echo');
const KEYS = { master: 'mmm', host: 'hhh', functions: { keyed: 'kkk' } };
const CLOSE = 'Connection: close';

const hosts = hostPair(APP, KEYS);

interface Echo {
  readonly name: string;
  readonly url: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function echo(line: string, headers?: readonly string[], body?: string): Promise<Echo> {
  const answer = await sendRaw(hosts.open.origin, rawRequest(line, headers, body));
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body) as Echo;
}

describe('a body', () => {
  it('that is sent in chunks arrives empty', async () => {
    const headers = ['Host: localhost', CLOSE, 'Transfer-Encoding: chunked'];
    const seen = await echo('POST /api/rollouts HTTP/1.1', headers, '3\r\nabc\r\n0\r\n\r\n');
    expect(seen).toMatchObject({ body: '', headers: { 'transfer-encoding': 'chunked' } });
  });

  it('that is sent in chunks by an HTTP client arrives empty, too', async () => {
    const text = await new Promise<string>((done, fail) => {
      const outgoing = send(`${hosts.open.origin}/api/rollouts`, { method: 'POST' }, (answer) => {
        answer.setEncoding('utf8').on('data', done);
      });
      outgoing.once('error', fail).write('a');
      outgoing.end('bc');
    });
    expect(JSON.parse(text)).toMatchObject({ body: '' });
  });

  it('of known length arrives whole', async () => {
    const headers = ['Host: localhost', CLOSE, 'Content-Length: 3'];
    expect(await echo('POST /api/rollouts HTTP/1.1', headers, 'abc')).toMatchObject({ body: 'abc' });
  });

  it('is asked for where the caller waits to be', async () => {
    const headers = ['Host: localhost', CLOSE, 'Content-Length: 3', 'Expect: 100-continue'];
    const text = await new Promise<string>((done, fail) => {
      const outgoing = send(`${hosts.open.origin}/api/rollouts`, {
        method: 'POST',
        headers: Object.fromEntries(headers.slice(2).map((line) => line.split(': '))),
      });
      outgoing.once('continue', () => outgoing.end('abc'));
      outgoing.once('response', (answer) => answer.setEncoding('utf8').on('data', done));
      outgoing.once('error', fail).flushHeaders();
    });
    expect(JSON.parse(text)).toMatchObject({ body: 'abc' });
    expect(await echo('POST /api/rollouts HTTP/1.1', headers, 'abc')).toMatchObject({ body: 'abc' });
  });

  it('of more than 100 MB is refused', async () => {
    const headers = ['Host: localhost', CLOSE, 'Content-Length: 104857601'];
    const answer = await sendRaw(hosts.open.origin, rawRequest('POST /api/rollouts HTTP/1.1', headers));
    expect([answer.status, answer.body]).toEqual([413, '']);
  });
});

describe('fields of one name', () => {
  it('of the query arrive joined, whatever their case', async () => {
    const seen = await echo('GET /api/rollouts?a=1&b=x&a=2&A=3&c&d= HTTP/1.1');
    expect(seen.query).toEqual([
      ['a', '1,2,3'],
      ['b', 'x'],
      ['c', ''],
      ['d', ''],
    ]);
    expect(seen.url).toBe('http://localhost/api/rollouts?a=1&b=x&a=2&A=3&c&d=');
  });

  it('of the headers arrive joined', async () => {
    const own = ['X-A: 1', 'x-a: 2', 'X-A: 3, 4', 'Cookie: a=1', 'Cookie: b=2'];
    const typed = ['Content-Type: application/json', 'Content-Type: text/plain'];
    const seen = await echo('GET /api/rollouts HTTP/1.1', ['Host: localhost', CLOSE, ...own, ...typed]);
    expect(seen.headers).toMatchObject({
      'x-a': '1,2,3, 4',
      cookie: 'a=1,b=2',
      'content-type': 'application/json,text/plain',
    });
  });
});

describe('a path', () => {
  it.each([
    ['/api//rollouts', 404],
    ['//api/rollouts', 404],
    ['/api/rollouts//', 404],
    ['/api/rollouts//plan', 404],
    ['/api/rollouts/', 200],
    ['/api/x/../rollouts', 200],
    ['/api/x/%2e%2e/rollouts', 200],
    ['/api/rollouts/%00', 400],
    ['/api/rollouts/%ff', 200],
    ['/api/rollouts/%zz', 200],
    ['/api/rollouts/<a>|^{"}', 200],
  ])('%s is %i', async (path, status) => {
    const answer = await sendRaw(hosts.open.origin, rawRequest(`GET ${path} HTTP/1.1`));
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body).toBe('');
  });

  it.each([[[0xff]], [[0xc3, 0xbc]]])('with the bytes %j is an empty 400', async (bytes) => {
    const rest = ` HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n\r\n`;
    const answer = await sendRaw(hosts.open.origin, 'GET /api/rollouts/', Uint8Array.from(bytes), rest);
    expect([answer.status, answer.body]).toEqual([400, '']);
  });
});

describe('who asks', () => {
  it('may name another host, and come from another origin', async () => {
    const headers = ['Host: evil.example', 'Origin: http://evil.example', CLOSE];
    const seen = await echo('POST /api/rollouts HTTP/1.1', [...headers, 'Content-Length: 0']);
    expect(seen).toMatchObject({
      url: 'http://evil.example/api/rollouts',
      headers: { host: 'evil.example', origin: 'http://evil.example' },
    });
  });

  it.each(['/admin/host/status', '/runtime/webhooks/durabletask/instances/', '/durabletask/instances/'])(
    'gets nothing by another name of what the host offers without a key: %s',
    async (path) => {
      const ask = async (headers: readonly string[]) =>
        (await sendRaw(hosts.open.origin, rawRequest(`GET ${path} HTTP/1.1`, [...headers, CLOSE]))).status;
      expect(await ask(['Host: localhost'])).toBe(200);
      expect(await ask(['Host: evil.example'])).toBe(403);
      expect(await ask(['Host: localhost', 'Origin: http://evil.example'])).toBe(403);
    },
  );

  it.each([
    ['two hosts', ['Host: localhost', 'Host: evil.example']],
    ['no host', []],
    ['no name for a host', ['Host: a b']],
  ])('names %s: 400', async (_what, headers) => {
    const answer = await sendRaw(
      hosts.open.origin,
      rawRequest('GET /api/rollouts HTTP/1.1', [...headers, CLOSE]),
    );
    expect([answer.status, answer.body]).toEqual([400, '']);
  });

  it('names one host in the line and another in the header: 400', async () => {
    const line = 'GET http://localhost/api/rollouts HTTP/1.1';
    const ask = async (host: string) =>
      (await sendRaw(hosts.open.origin, rawRequest(line, [`Host: ${host}`, CLOSE]))).status;
    expect([await ask('localhost'), await ask('evil.example')]).toEqual([200, 400]);
  });
});

describe('HTTP/1.0', () => {
  it('is answered and closed, with and without a host', async () => {
    expect(await echo('GET /api/rollouts HTTP/1.0', [])).toMatchObject({ name: 'list' });
    const headers = ['Host: localhost', 'Content-Length: 3'];
    expect(await echo('POST /api/rollouts HTTP/1.0', headers, 'abc')).toMatchObject({ body: 'abc' });
  });
});

describe('a key', () => {
  const status = async (line: string, ...headers: readonly string[]): Promise<number> => {
    const answer = await sendRaw(
      hosts.guarded.origin,
      rawRequest(line, ['Host: localhost', CLOSE, ...headers]),
    );
    return answer.status;
  };

  it.each([
    ['code=kkk', 200],
    ['CODE=kkk', 200],
    ['Code=hhh', 200],
    ['Code=hhh&code=no', 200],
    ['code=no&CODE=hhh', 401],
    ['key=kkk', 401],
  ])('in the query as %s: %i', async (query, wanted) => {
    expect(await status(`GET /api/keyed?${query} HTTP/1.1`)).toBe(wanted);
  });

  it('in the header is the first of several, and wins over the query', async () => {
    const line = 'GET /api/keyed HTTP/1.1';
    expect(await status(line, 'x-functions-key: kkk', 'x-functions-key: no')).toBe(200);
    expect(await status(line, 'x-functions-key: no', 'x-functions-key: kkk')).toBe(401);
    expect(await status('GET /api/keyed?code=kkk HTTP/1.1', 'x-functions-key: no')).toBe(401);
  });

  it.each([
    ['/admin/host/status', 200],
    ['/runtime/webhooks/durabletask/instances/', 200],
  ])('of functions is known and not enough for %s: 403', async (path, wanted) => {
    const line = `GET ${path} HTTP/1.1`;
    expect(await status(line, 'x-functions-key: mmm')).toBe(wanted);
    expect(await status(line, 'x-functions-key: hhh')).toBe(403);
    expect(await status(line, 'x-functions-key: kkk')).toBe(403);
    expect(await status(line, 'x-functions-key: no')).toBe(401);
    expect(await status(line)).toBe(401);
  });

  it('of functions fires no timer', async () => {
    const line = 'POST /admin/functions/nightly HTTP/1.1';
    expect(await status(line, 'Content-Length: 0', 'x-functions-key: hhh')).toBe(403);
    expect(await status(line, 'Content-Length: 0', 'x-functions-key: mmm')).toBe(202);
  });
});
