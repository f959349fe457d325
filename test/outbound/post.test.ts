import { createServer as createHttps } from 'node:https';
import { createServer as createHttp } from 'node:http';
import type { RequestListener } from 'node:http';
import { Socket } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isPublic } from '../../src/outbound/addresses.ts';
import type { Post } from '../../src/outbound/port.ts';
import { createOutbound } from '../../src/outbound/post.ts';
import { selfSigned } from '../cli/certificate.ts';
import { startReceiver } from '../lab/receiver.ts';
import { FORBIDDEN_ADDRESSES, FORBIDDEN_URLS, PUBLIC_ADDRESSES } from './forbidden.ts';

const HOSTS = ['hooks.example.com', '*.hooks.example.com'];
const EMPTY = { headers: {}, body: '{}' };

afterEach(() => vi.restoreAllMocks());

/** What a socket is told to connect to, whoever told it. */
function watchConnections() {
  return vi.spyOn(Socket.prototype, 'connect');
}

describe('a target of notices', () => {
  // Feature [Notices] No notice is sent to a forbidden target: other protocols and ports, addresses in any form, hosts that nobody allowed (S16)
  //   shown by: a target of notices > is refused as //hooks.example.com/hook
  it.each(FORBIDDEN_URLS)('is refused as %s', async (url) => {
    const connect = watchConnections();
    const resolve = vi.fn(() => Promise.resolve(['1.1.1.1']));
    const outbound = createOutbound({ loopback: false, resolve });
    // Whatever it is, and however it is read, somebody has allowed a host of that name.
    const own = URL.parse(url)?.hostname ?? '';
    const hosts = /evil|^example|^localhost/.test(own) ? HOSTS : [...HOSTS, own];
    expect(await outbound({ ...EMPTY, url }, hosts)).toEqual({ kind: 'forbidden', code: 'targetNotAllowed' });
    expect([connect.mock.calls, resolve.mock.calls]).toEqual([[], []]);
  });

  // Feature [Notices] A name that leads to a private, link-local, loopback or metadata address is refused after it is resolved (S16)
  //   shown by: a target of notices > is refused if its name leads to 169.254.169.254
  it.each(FORBIDDEN_ADDRESSES)('is refused if its name leads to %s', async (address) => {
    const connect = watchConnections();
    for (const addresses of [[address], ['1.1.1.1', address]]) {
      const outbound = createOutbound({ loopback: false, resolve: () => Promise.resolve(addresses) });
      const posted = await outbound({ ...EMPTY, url: 'https://hooks.example.com/hook' }, HOSTS);
      expect(posted).toEqual({ kind: 'forbidden', code: 'addressNotPublic' });
    }
    expect(connect.mock.calls).toEqual([]);
  });

  it.each(PUBLIC_ADDRESSES)('may be at %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    'https://hooks.example.com/a',
    'https://a.b.hooks.example.com/',
    'https://HOOKS.example.com:443/a?b=c',
  ])('is resolved as %s', async (url) => {
    const resolve = vi.fn(() => Promise.resolve([]));
    const posted = await createOutbound({ loopback: false, resolve })({ ...EMPTY, url }, HOSTS);
    expect(posted).toEqual({ kind: 'failed', code: 'noAddress' });
    expect(resolve).toHaveBeenCalledOnce();
  });
});

interface Listening extends AsyncDisposable {
  readonly port: number;
  readonly paths: string[];
}

async function listen(server: Server, host: string, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function listenAt(host: string, port = 0, answer?: RequestListener): Promise<Listening> {
  const paths: string[] = [];
  const server = createHttp((request, response) => {
    paths.push(request.url ?? '');
    if (answer === undefined) response.end();
    else answer(request, response);
  });
  return {
    paths,
    port: await listen(server, host, port),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a name that leads elsewhere the next time', () => {
  // Feature [Notices] The connection goes to the address that was checked, whatever the name leads to a moment later (S16)
  it('is resolved once, and the connection goes to what was judged', async () => {
    await using judged = await listenAt('127.0.0.2');
    await using other = await listenAt('127.0.0.1', judged.port);
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1']];
    const resolve = vi.fn(() => Promise.resolve(answers.shift() ?? []));
    const outbound = createOutbound({ loopback: true, resolve });
    const url = `http://localhost:${judged.port}/hook`;
    expect(await outbound({ ...EMPTY, url }, [])).toEqual({ kind: 'taken' });
    expect([judged.paths, other.paths, resolve.mock.calls.length]).toEqual([['/hook'], [], 1]);
  });

  it('is judged anew each time', async () => {
    const connect = watchConnections();
    const answers = [[], ['10.0.0.1']];
    const resolve = (): Promise<string[]> => Promise.resolve(answers.shift() ?? []);
    const outbound = createOutbound({ loopback: false, resolve });
    const post: Post = { ...EMPTY, url: 'https://hooks.example.com/' };
    expect(await outbound(post, HOSTS)).toMatchObject({ kind: 'failed' });
    expect(await outbound(post, HOSTS)).toMatchObject({ kind: 'forbidden' });
    expect(connect.mock.calls).toEqual([]);
  });
});

describe('an answer', () => {
  const send = (url: string, mostMilliseconds = 2000) =>
    createOutbound({ loopback: true, mostMilliseconds })({ ...EMPTY, url }, []);

  // Feature [Notices] Redirects are not followed (S16)
  //   shown by: an answer > that redirects with 301 is not followed
  it.each([301, 302, 303, 307, 308])('that redirects with %i is not followed', async (status) => {
    await using elsewhere = await startReceiver();
    await using receiver = await startReceiver();
    receiver.answer = (_request, response) =>
      response.writeHead(status, { location: `${elsewhere.origin}/metadata` }).end();
    expect(await send(receiver.origin)).toEqual({ kind: 'failed', code: `http${status}` });
    expect([receiver.received.length, elsewhere.received.length]).toEqual([1, 0]);
  });

  // Feature [Notices] Nothing of an answer is kept or told, however large it is (S16)
  it('that never ends is left after 64 KB, and no word of it is told', async () => {
    let sent = 0;
    await using receiver = await startReceiver();
    const closed = new Promise<void>((resolve) => {
      receiver.answer = (_request, response) => {
        const chunk = 'secret '.repeat(9362);
        const more = (): void => {
          while (!response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return;
          }
        };
        response.on('drain', more).on('close', resolve);
        more();
      };
    });
    expect(await send(receiver.origin)).toEqual({ kind: 'taken' });
    await closed;
    // What lay in the buffers of both ends.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('with an error is told by its number alone', async () => {
    await using receiver = await startReceiver();
    receiver.answer = (_request, response) =>
      response.writeHead(500, 'hunter2', { 'retry-after': '120', 'x-secret': 'hunter2' }).end('hunter2');
    expect(await send(receiver.origin)).toEqual({ kind: 'failed', code: 'http500', retryAfterSeconds: 120 });
  });

  it('with headers that are too large is a failure', async () => {
    await using receiver = await startReceiver();
    receiver.answer = (_request, response) =>
      response.writeHead(200, { 'x-large': 'a'.repeat(60_000) }).end();
    expect(await send(receiver.origin)).toEqual({ kind: 'failed', code: 'HPE_HEADER_OVERFLOW' });
  });

  // Feature [Notices] A slow target is left in time: at its name, before it answers, or while it does (S16)
  //   shown by: an answer > that comes byte by byte is left in time
  it.each<[string, RequestListener]>([
    ['never comes', () => undefined],
    ['stops in its headers', (_request, response) => void response.socket?.write('HTTP/1.1 200 OK\r\nx-a: ')],
    [
      'comes byte by byte',
      (_request, response) => {
        const timer = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('that %s is left in time', async (_, answer) => {
    await using receiver = await startReceiver();
    receiver.answer = answer;
    const began = performance.now();
    expect(await send(receiver.origin, 150)).toEqual({ kind: 'failed', code: 'timedOut' });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it('of a name server that never comes is left in time', async () => {
    const outbound = createOutbound({
      loopback: false,
      mostMilliseconds: 50,
      resolve: () => new Promise<never>(() => undefined),
    });
    const posted = await outbound({ ...EMPTY, url: 'https://hooks.example.com/' }, HOSTS);
    expect(posted).toEqual({ kind: 'failed', code: 'timedOut' });
  });

  it('is a failure where nobody listens', async () => {
    const { port } = await (async () => {
      await using gone = await listenAt('127.0.0.1');
      return gone;
    })();
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', code: 'ECONNREFUSED' });
  });

  it('of somebody whose certificate nobody vouches for is not waited for', async () => {
    const paths: string[] = [];
    const server = createHttps(selfSigned(), (request, response) => {
      paths.push(request.url ?? '');
      response.end();
    });
    const port = await listen(server, '127.0.0.1');
    const posted = await send(`https://127.0.0.1:${port}/`);
    server.close();
    expect([posted.kind, paths]).toEqual(['failed', []]);
  });
});
