import { setImmediate as immediate } from 'node:timers/promises';
import { createVirtualHost } from '../../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../../local/host/drivers/virtual-host.ts';
import type { Schema } from '../../../local/host/durable/wire/failure.ts';
import { manage } from '../../../local/host/http/management/api.ts';
import { forgetAttempts, goldenApp, virtualTimeouts } from './golden-app.ts';
import { scenarios, type Recordings } from './recordings.ts';
import { normal } from './answers.ts';
import { differencesFrom } from './same.ts';

interface Exchange {
  readonly scenario: string;
  readonly t: string;
  readonly req: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | null>>;
    readonly body: string | null;
  };
  readonly res: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

export interface ManagementGroup {
  /** Name of the scenario, or `api` for the calls that belong to none. */
  readonly name: string;
  readonly schema: Schema;
  readonly exchanges: readonly Exchange[];
}

const ELSEWHERE = 'an experiment on another host';

/** HTTP functions behind the recorder's own front (FINDINGS.md 7). */
const OTHER_FRONT = new Set(['api-echo', 'api-echo-badConstraint', 'api-boom', 'api-nothing']);

/** Calls that say nothing about an answer to the same call here, and why. */
export const NOT_REPLAYED: ReadonlyMap<string, string> = new Map([
  ['crash', `${ELSEWHERE} that was killed in the middle`],
  ['crashloop', `${ELSEWHERE} that was killed in the middle`],
  ['sigterm', `${ELSEWHERE} that was stopped in the middle`],
  ['long', `${ELSEWHERE} with timers of other lengths`],
  ['longreal', `${ELSEWHERE} that was left alone for days`],
  ['suspendResume', 'its timer fired in the same tenth of a second in which its status was read'],
  ['race', 'six starts at the same instant, all accepted; this host takes one call after the other'],
  ['http_pollNoRetryAfter', 'the answers of the server that it called are not among the recordings'],
]);

/** The recorded calls of the management API, in groups that do not depend on each other. */
export function managementGroups(recordings: Recordings): readonly ManagementGroup[] {
  const exchanges = (recordings.logOf('http.jsonl') as readonly Exchange[])
    .filter(({ scenario }) => !NOT_REPLAYED.has(scenario))
    .filter(({ scenario }) => !OTHER_FRONT.has(scenario))
    .filter(({ req }) => !/…\(\d+ (chars|bytes)\)/.test(req.body ?? ''))
    .toSorted((a, b) => (a.t < b.t ? -1 : a.t > b.t ? 1 : 0));
  const known = new Set(scenarios().map(({ name }) => name));
  const groupOf = ({ scenario }: Exchange) => (scenario === 'race' || known.has(scenario) ? scenario : 'api');
  return [...Map.groupBy(exchanges, groupOf)].map(([name, own]) => ({
    name,
    schema: recordings.schema,
    exchanges: own,
  }));
}

/** The real hub needed about this long to react; calls that follow each other faster saw nothing happen between. */
const REACTION_MS = 150;

/** Fourth way: the same calls at the same times to a virtual host get the same answers. */
export async function compareManagement(group: ManagementGroup): Promise<readonly string[]> {
  forgetAttempts();
  const [first] = group.exchanges;
  if (first === undefined) return [];
  await using host = createVirtualHost({
    app: goldenApp(),
    startAt: new Date(first.t),
    schema: group.schema,
    strict: false,
  });
  using timeouts = new DisposableStack();
  timeouts.use(virtualTimeouts(host.clock));
  const differences: string[] = [];
  for (const [index, exchange] of group.exchanges.entries()) {
    const next = group.exchanges[index + 1];
    const gap = next === undefined ? 0 : Date.parse(next.t) - Date.parse(exchange.t);
    const askedAt = host.clock.now();
    const response = await answered(host, ask(host, exchange, group.schema));
    if (gap >= REACTION_MS) await host.advance(Math.max(0, askedAt + gap - host.clock.now()));
    differences.push(
      ...(await differencesOf(exchange, response)).map((one) => `${exchange.scenario}: ${one}`),
    );
  }
  return differences;
}

/** Lets virtual time pass until a call that waits has its answer. */
async function answered(host: VirtualHost, answer: Promise<Response>): Promise<Response> {
  const seen = { done: false };
  void answer.finally(() => (seen.done = true));
  for (let turn = 0; turn < 5; turn += 1) await immediate();
  while (!seen.done && host.clock.nextWakeAt() !== undefined) {
    await host.advance(100);
    await immediate();
  }
  return answer;
}

/** Only such a call is answered later than it is asked. */
function mayWait({ req }: Exchange): boolean {
  return req.path.includes('timeout=');
}

async function ask(host: VirtualHost, exchange: Exchange, schema: Schema): Promise<Response> {
  const { method, path, headers, body } = exchange.req;
  const sent = new Headers(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  // The recorder sent JSON unless it was told to send no content type at all.
  if (body !== null && !('content-type' in headers)) sent.set('content-type', 'application/json');
  if (sent.has(TOKEN) && sent.get(TOKEN) !== 'garbage') sent.set(TOKEN, lastToken);
  const payload = body === null ? {} : { body: new TextEncoder().encode(body) };
  const request = new Request(`http://localhost${path}`, { method, headers: sent, ...payload });
  if (!mayWait(exchange)) return host.request(request);
  const settings = {
    client: host.client,
    schema,
    address: () => ({ origin: 'http://localhost', hubName: goldenApp().host.hubName, key: 'key' }),
    sleep: (ms: number) => host.clock.sleep(ms),
  };
  return (await manage(settings, request)) ?? new Response(null, { status: 404 });
}

const TOKEN = 'x-ms-continuation-token';
/** Tokens are opaque: the one of the page before goes back. */
let lastToken = '';

async function differencesOf(exchange: Exchange, response: Response): Promise<readonly string[]> {
  const text = await response.text();
  lastToken = response.headers.get(TOKEN) ?? lastToken;
  const body: unknown = text === '' ? '' : parsed(text);
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['status', exchange.res.status, response.status],
    ...['content-type', 'retry-after', 'location'].map(
      (name) =>
        [name, normal(exchange.res.headers[name]), normal(response.headers.get(name) ?? undefined)] as const,
    ),
    [TOKEN, exchange.res.headers[TOKEN] !== undefined, response.headers.has(TOKEN)],
    ['body', shown(exchange, exchange.res.body), shown(exchange, body)],
  ];
  return pairs.flatMap(([what, recorded, actual]) => differencesFrom(recorded, actual, what));
}

/** A listing also holds what other scenarios left on the recorded hub, and a purge counts it. */
function shown({ req, res }: Exchange, body: unknown): unknown {
  const isListing = /\/(instances|entities)\/?(\?|$)|\/entities\/[^/?]+\?/.test(req.path);
  if (!isListing) return normal(body);
  const isShortened = typeof res.body === 'string' && res.body.startsWith('[');
  if (isShortened) return Array.isArray(body) || body === res.body ? 'a long list' : body;
  if (Array.isArray(body))
    return body.length === 0 ? [] : Object.keys(body[0] as object).filter(isEverybodys);
  return typeof body === 'object' && body !== null && 'instancesDeleted' in body
    ? ['instancesDeleted']
    : normal(body);
}

/** Whether the first of a listing was started with a version, or by another, is its own matter. */
function isEverybodys(key: string): boolean {
  return key !== 'parentInstanceId' && key !== 'version';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
