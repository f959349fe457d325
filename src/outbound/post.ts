import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6 } from 'node:net';
import { isLoopback, isPublic } from './addresses.ts';
import type { Outbound, Post, Posted } from './port.ts';
import { targetUrl } from './target.ts';

/** All of it: name, connection, request and answer. */
const MOST_MILLISECONDS = 5000;
const MOST_BYTES = 65_536;

export interface OutboundOptions {
  /** For development: this machine may be a target. */
  readonly loopback: boolean;
  /** All addresses of a name. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
  readonly mostMilliseconds?: number;
}

/** Requests to targets outside, which admins name and nobody here knows: to public addresses only, and no further. */
export function createOutbound({
  loopback,
  resolve = resolveAll,
  mostMilliseconds = MOST_MILLISECONDS,
}: OutboundOptions): Outbound {
  return async (post, hosts) => {
    const url = targetUrl(post.url, { hosts, loopback });
    if (url === undefined) return { kind: 'forbidden', code: 'targetNotAllowed' };
    const signal = AbortSignal.timeout(mostMilliseconds);
    const mayBe = (address: string): boolean => isPublic(address) || (loopback && isLoopback(address));
    try {
      const addresses = await within(signal, resolve(bare(url.hostname)));
      const [address] = addresses;
      if (address === undefined) return { kind: 'failed', code: 'noAddress' };
      // fence V9: no name leads into a private network, whatever else it leads to
      if (!addresses.every(mayBe)) return { kind: 'forbidden', code: 'addressNotPublic' };
      return judged(await send({ url, address, signal }, post));
    } catch (error) {
      return { kind: 'failed', code: signal.aborted ? 'timedOut' : codeOf(error) };
    }
  };
}

async function resolveAll(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

interface Way {
  readonly url: URL;
  /** The only one that it connects to: a name may lead elsewhere the next time. */
  readonly address: string;
  readonly signal: AbortSignal;
}

async function send({ url, address, signal }: Way, { headers, body }: Post): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'POST',
    signal,
    agent: false,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    // fence V9: the connection goes to the address that was judged
    lookup: (_name, { all }, done) => {
      const family = isIPv6(address) ? 6 : 4;
      if (all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    },
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
  await drop(answer);
  return answer;
}

/** Nothing of it is kept; a target that does not stop is left. */
async function drop(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) break;
  }
}

/** Redirects are not followed: they are failures like any other. */
function judged({ statusCode = 0, headers }: IncomingMessage): Posted {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'taken' };
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const more = Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {};
  return { kind: 'failed', code: `http${statusCode}`, ...more };
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The system's resolver cannot be stopped, only left. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return await Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}

/** Codes of sockets and of TLS are the runtime's own, not the target's words. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z_0-9]{2,60}$/.test(code) ? code : 'noAnswer';
}
