import { hash } from '../time/random.ts';
import type { Operation } from '../store/operations.ts';
import type { World } from '../world.ts';
import type { Call } from '../calls/call.ts';

/** Real ones carry a signing certificate and are about 3.5 KB long (arm-vmss.md 1.7). */
const CERTIFICATE_LENGTH = 2600;
const SIGNATURE_LENGTH = 342;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const CERTIFICATE = letters('certificate', CERTIFICATE_LENGTH);

/** The headers under which a caller finds its operation again; `Location` only for POST and DELETE. */
export function operationHeaders(
  world: World,
  call: Call,
  operation: Operation,
  method: 'POST' | 'PATCH',
): Record<string, string> {
  const [min, max] = world.profile.firstRetryAfterSeconds;
  const seconds = world.random('retryAfter').between(min, max);
  return {
    'azure-asyncoperation': operationUrl(world, call, operation, false),
    ...(method === 'POST' ? { location: operationUrl(world, call, operation, true) } : {}),
    'azure-asyncnotification': 'Enabled',
    'retry-after': world.wireTime.retryAfter(seconds),
  };
}

/** What a poll answers (arm-vmss.md 2.1). */
export function operationStatus(world: World, operation: Operation, odd?: string): object {
  const { id, status, started, ended, failure, output } = operation;
  return {
    startTime: world.wireTime.date(started),
    ...(ended === undefined ? {} : { endTime: world.wireTime.date(ended) }),
    status: odd ?? operation.shown ?? status,
    ...(failure === undefined || status !== 'Failed' ? {} : { error: failure }),
    ...(output === undefined || status !== 'Succeeded' ? {} : { properties: { output } }),
    name: id,
  };
}

export function pollRetryAfter(world: World): string {
  const [min, max] = world.profile.retryAfterSeconds;
  return world.wireTime.retryAfter(world.random('retryAfter').between(min, max));
}

/** Whether the opaque part of the query came back as it was given out. */
export function isOwnQuery(operation: Operation, query: URLSearchParams): boolean {
  const monitor = query.get('monitor') === 'true';
  const given = opaqueQuery(operation, monitor);
  return Object.entries(given).every(([key, value]) => query.get(key) === value);
}

function operationUrl(world: World, call: Call, operation: Operation, monitor: boolean): string {
  const path =
    `/subscriptions/${world.subscriptionId}/providers/Microsoft.Compute` +
    `/locations/${operation.location}/operations/${operation.id}`;
  const { p, ...opaque } = opaqueQuery(operation, monitor);
  const query = new URLSearchParams({
    p,
    ...(monitor ? { monitor: 'true' } : {}),
    'api-version': call.apiVersion,
    ...opaque,
  });
  return `${call.url.origin}${path}?${query.toString()}`;
}

interface OpaqueQuery extends Record<string, string> {
  readonly p: string;
  readonly t: string;
  readonly c: string;
  readonly s: string;
  readonly h: string;
}

function opaqueQuery(operation: Operation, monitor: boolean): OpaqueQuery {
  const seed = `${operation.signature}/${monitor}`;
  const ticks = 621_355_968_000_000_000n + BigInt(Math.floor(operation.started)) * 10_000n;
  return {
    p: '00000000-0000-4000-a000-000000000000',
    t: ticks.toString(),
    c: CERTIFICATE,
    s: letters(`${seed}/signature`, SIGNATURE_LENGTH),
    h: letters(`${seed}/hash`, 43),
  };
}

function letters(seed: string, length: number): string {
  let state = hash(seed);
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += ALPHABET.charAt(state >>> 26);
  }
  return text;
}
