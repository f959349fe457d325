import { setImmediate as nextTurn, setTimeout as realDelay } from 'node:timers/promises';
import { fireAfterWrite } from '../faults/inject.ts';
import type { FaultOf } from '../faults/schema.ts';
import { faultFor, isUnreachable } from '../faults/match.ts';
import { beginAcceptance } from '../handlers/acceptance.ts';
import { withoutSecrets } from '../model/secrets.ts';
import type { Clock } from '../time/clock.ts';
import type { Acceptance, World } from '../world.ts';
import { parseJson, type Reply } from './call.ts';
import { handleRequest, type Handled, type Incoming } from './pipeline.ts';
import type { Router } from './router.ts';

/** What an exchange needs besides the world: time to wait in, and the moment that it happens at. */
export interface Exchanger {
  readonly world: World;
  readonly router: Router;
  readonly clock: Clock;
  /** Brings the world to the present and runs something there, in one instant. */
  atPresent<T>(run: () => T): T;
}

/** A request as a client sees it: an answer, or a network error. */
export async function exchange(exchanger: Exchanger, request: Request): Promise<Response> {
  const text = await request.text();
  const incoming: Incoming = {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    text,
  };
  const decided = exchanger.atPresent(() => decide(exchanger, incoming));
  await deliver(exchanger, decided, request.signal);
  return toResponse(
    decided.lost?.status === undefined ? decided.handled.reply : gatewayError(decided.lost.status),
  );
}

interface Decided {
  readonly handled: Handled;
  readonly sequence: number;
  readonly lost: FaultOf<'lostAnswer'> | undefined;
  readonly delayMilliseconds: number;
  readonly writing: { readonly acceptance: Acceptance; readonly milliseconds: number } | undefined;
}

function decide({ world, router }: Exchanger, incoming: Incoming): Decided {
  if (isUnreachable(world)) {
    logRequest(world, incoming, undefined);
    throw networkError('ECONNREFUSED');
  }
  const handled = handleRequest(world, router, incoming);
  const sequence = logRequest(world, incoming, handled);
  const { accepted, status } = handled.reply;
  if (accepted !== undefined) {
    world.acceptedWrites += 1;
    fireAfterWrite(world);
  }
  const answered = status < 400;
  return {
    handled,
    sequence,
    lost: answered ? faultFor(world, 'lostAnswer', handled.traits) : undefined,
    delayMilliseconds: answered
      ? (faultFor(world, 'delayedAnswer', handled.traits)?.delayMilliseconds ?? 0)
      : 0,
    writing: accepted === undefined ? undefined : beginAcceptance(world, accepted.set),
  };
}

/** Waits as long as accepting takes, then lets the answer go, or not. */
async function deliver(exchanger: Exchanger, decided: Decided, signal: AbortSignal): Promise<void> {
  const { world, clock } = exchanger;
  const { writing, lost, delayMilliseconds } = decided;
  if (writing !== undefined) {
    const { acceptance, milliseconds } = writing;
    const fixed = lost !== undefined || delayMilliseconds > 0 || world.profile.acceptanceEnds === 'window';
    if (fixed) endAcceptance(world, decided, acceptance.from + milliseconds);
    await (clock.sleep?.(milliseconds) ?? nextTurn());
    if (!fixed) exchanger.atPresent(() => endAcceptance(world, decided, world.now()));
  }
  if (delayMilliseconds > 0) await realDelay(delayMilliseconds, undefined, { signal });
  if (lost !== undefined && lost.status === undefined) throw networkError('ECONNRESET');
}

function endAcceptance(world: World, { handled, sequence, lost, writing }: Decided, until: number): void {
  const { accepted } = handled.reply;
  if (writing === undefined || accepted === undefined) return;
  const { acceptance } = writing;
  acceptance.until = until;
  world.log.write(world.now(), {
    kind: 'answer',
    request: sequence,
    scaleSet: accepted.set.name,
    delivered: lost === undefined,
    from: acceptance.from,
    until,
  });
}

function logRequest(world: World, incoming: Incoming, handled: Handled | undefined): number {
  const clientRequestId = incoming.headers.get('x-ms-client-request-id');
  const operationId = handled?.reply.accepted?.operation?.id;
  return world.log.write(world.now(), {
    kind: 'request',
    method: incoming.method,
    path: incoming.url.pathname,
    operation: handled?.traits.operation ?? 'unknown',
    ...(handled?.traits.scaleSet === undefined ? {} : { scaleSet: handled.traits.scaleSet }),
    ...(handled === undefined || handled.traits.instances.length === 0
      ? {}
      : { instances: handled.traits.instances }),
    status: handled?.reply.status ?? null,
    ...(handled?.code === undefined ? {} : { code: handled.code }),
    ...(clientRequestId === null ? {} : { clientRequestId }),
    ...(operationId === undefined ? {} : { operationId }),
    ...(incoming.text === '' ? {} : { body: withoutSecrets(parseJson(incoming.text)) }),
  });
}

function toResponse({ status, headers, body }: Reply): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...headers } });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

/** Stands in for an answer that got lost between the service and its front door. */
function gatewayError(status: number): Reply {
  const error = { code: 'GatewayTimeout', message: 'The gateway did not receive a response in time.' };
  return { status, body: { error } };
}

/** What `fetch` rejects with when a connection breaks. */
function networkError(code: 'ECONNREFUSED' | 'ECONNRESET'): TypeError {
  const cause = Object.assign(new Error(code), { code });
  return new TypeError('fetch failed', { cause });
}
