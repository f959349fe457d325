import { checkAccess } from '../access/check.ts';
import { ArmError } from '../errors/arm-error.ts';
import { missingApiVersion, routeNotFound, subscriptionNotFound } from '../errors/catalogue.ts';
import type { RequestTraits } from '../calls/call.ts';
import { checkRefusals } from '../faults/refusals.ts';
import { isObject } from '../model/json.ts';
import { rowOf } from '../operations/table.ts';
import { drawTokens, tellsBuckets, withCharge } from './draw.ts';
import { partial } from '../wire/partial.ts';
import { inOtherLetters } from '../wire/letters.ts';
import { strayed } from '../wire/stray.ts';
import { scaleSetKey, type World } from '../world.ts';
import { parseJson, queryOf, type AskedHeaders, type Call, type Reply } from '../calls/call.ts';
import type { Route, RouteMatch, Router } from './router.ts';

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: AskedHeaders;
  readonly text: string;
}

export interface Handled {
  readonly reply: Reply;
  readonly traits: RequestTraits;
  readonly code: string | undefined;
}

const REMAINING = 'x-ms-ratelimit-remaining-resource';

/** Takes a request through front door, faults, throttling and its handler; refusals become replies. */
export function handleRequest(world: World, router: Router, incoming: Incoming): Handled {
  const match = router(incoming.method, incoming.url);
  const requestId = world.random('requestIds').guid();
  const traits: RequestTraits = {
    operation: match?.route.operation ?? 'unknown',
    scaleSet: match === undefined ? undefined : scaleSetNamed(world, match.params),
    instances: instancesOf(incoming.text, match),
    requestId,
  };
  const call: Call = {
    ...incoming,
    traits,
    params: match?.params ?? {},
    apiVersion: incoming.url.searchParams.get('api-version') ?? '',
  };
  const headers: Record<string, string> = {
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': world.random('requestIds').guid(),
  };
  try {
    checkFrontDoor(world, call, match?.route);
    Object.assign(headers, frontDoorLimits(incoming.method));
    const remaining = drawTokens(world, call, match?.route.buckets ?? []);
    if (remaining !== undefined && tellsBuckets(call)) headers[REMAINING] = remaining;
    const reply = shown(world, traits, match?.route.handle(world, call) ?? { status: 404 });
    if (remaining !== undefined && tellsBuckets(call)) {
      headers[REMAINING] = withCharge(world, call, reply, remaining);
    }
    return { traits, code: undefined, reply: { ...reply, headers: { ...headers, ...reply.headers } } };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const reply = {
      status: error.status,
      headers: { ...headers, ...error.headers },
      body: { error: error.body },
    };
    return { traits, code: error.body.code, reply };
  }
}

/** The reply as it stands on the wire: spelled as the service likes, its operation where a fault put it. */
function shown(world: World, traits: RequestTraits, reply: Reply): Reply {
  const { body } = reply;
  const spelled =
    body === undefined
      ? reply
      : { ...reply, body: inOtherLetters(world, traits.operation, partial(world, traits, body)) };
  return strayed(world, traits, spelled);
}

/** What the front door tells of its own limits (arm-vmss.md 3.6; recorded: create_and_modify). */
function frontDoorLimits(method: string): Record<string, string> {
  const limit = 'x-ms-ratelimit-remaining-subscription';
  if (method === 'GET') return { [`${limit}-global-reads`]: '3749' };
  const kind = method === 'DELETE' ? 'deletes' : 'writes';
  return { [`${limit}-${kind}`]: '199', [`${limit}-global-${kind}`]: '2999' };
}

function checkFrontDoor(world: World, call: Call, route: Route | undefined): void {
  if (route === undefined) throw routeNotFound(call.url.pathname);
  if (queryOf(call, 'api-version') === undefined) throw missingApiVersion();
  const subscription = call.params['subscription'];
  if (subscription !== undefined && subscription.toLowerCase() !== world.subscriptionId.toLowerCase()) {
    throw subscriptionNotFound(subscription);
  }
  if (world.access !== undefined) checkAccess(world.access, call);
  checkRefusals(world, call);
}

/** The set's own spelling of its name where there is such a set, else the caller's. */
function scaleSetNamed(world: World, params: RouteMatch['params']): string | undefined {
  const { subscription = '', group = '', name } = params;
  if (name === undefined) return undefined;
  return world.scaleSets.get(scaleSetKey(subscription, group, name))?.name ?? name;
}

/** Actions on a set whose body names no instances reach all of them (arm-vmss.md 2). */
function instancesOf(text: string, match: RouteMatch | undefined): string[] {
  const named = match?.params['instance'];
  if (named !== undefined) return [named];
  const body = parseJson(text);
  const ids = isObject(body) ? body['instanceIds'] : undefined;
  if (Array.isArray(ids)) return ids.filter((id) => typeof id === 'string');
  return match !== undefined && rowOf(match.route.operation)?.work !== undefined ? ['*'] : [];
}
