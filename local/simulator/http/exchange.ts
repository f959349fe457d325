import { setImmediate as nextTurn, setTimeout as realDelay } from 'node:timers/promises';
import { fireAfterWrite } from '../injection/inject.ts';
import type { FaultOf } from '../faults/schema.ts';
import { faultFor, isUnreachable } from '../faults/match.ts';
import { beginAcceptance } from '../handlers/acceptance.ts';
import { withoutSecrets } from '../model/secrets.ts';
import { KEPT_HEADERS, type Journal } from '../state/journal.ts';
import type { Clock } from '../time/clock.ts';
import type { Acceptance, World } from '../world.ts';
import { parseJson, type Reply } from '../calls/call.ts';
import { handleRequest, type Handled, type Incoming } from './pipeline.ts';
import type { Router } from './router.ts';

/** What an exchange needs besides the world: time to wait in, and the moment that it happens at. */
export interface Exchanger {
  readonly world: World;
  readonly router: Router;
  readonly clock: Clock;
  /** Brings the world to a moment and runs something there, in one instant. */
  atMoment<T>(time: number, run: () => T): T;
  /** Where what comes from outside is written down, if anywhere. */
  readonly journal: Journal | undefined;
  /** Requests so far, those of the journal's past included. */
  requests: number;
}

/** A request without its wrapping, for callers of the same process. */
export interface Asked extends Incoming {
  readonly signal?: AbortSignal | undefined;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the answer has no body. */
  readonly text?: string;
}

/** A request as a client sees it: an answer, or a network error. */
export async function exchange(exchanger: Exchanger, incoming: Asked): Promise<Answered> {
  const time = exchanger.clock.now();
  const number = writeDown(exchanger, time, incoming);
  const decided = decideAt(exchanger, time, incoming);
  await deliver(exchanger, { decided, number }, incoming.signal);
  if (decided.garbled !== undefined) return gatewayPage(decided.garbled.status);
  return toAnswer(
    decided.lost?.status === undefined ? decided.handled.reply : gatewayError(decided.lost.status),
  );
}

function writeDown(exchanger: Exchanger, time: number, incoming: Incoming): number {
  const { method, url, headers, text } = incoming;
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  exchanger.journal?.append({
    kind: 'request',
    time,
    method,
    url: url.toString(),
    headers: Object.fromEntries(kept),
    text,
  });
  exchanger.requests += 1;
  return exchanger.requests - 1;
}

/** What the service makes of a request at a moment; throws where the connection breaks at once. */
export function decideAt(exchanger: Exchanger, time: number, incoming: Incoming): Decided {
  return exchanger.atMoment(time, () => {
    const decided = decide(exchanger, incoming);
    if (decided.writing !== undefined && isFixed(exchanger.world, decided)) {
      const { acceptance, milliseconds } = decided.writing;
      endAcceptance(exchanger.world, decided, acceptance.from + milliseconds);
    }
    return decided;
  });
}

/** The answer leaves: from here on the write is accepted, unless that has an end of its own. */
export function letAnswerGo(exchanger: Exchanger, time: number, decided: Decided, delivered = true): void {
  const { world } = exchanger;
  if (decided.writing === undefined || isFixed(world, decided)) return;
  exchanger.atMoment(time, () => endAcceptance(world, decided, time, delivered));
}

/** Whether the end of the acceptance does not depend on the answer. */
function isFixed(world: World, { lost, delayMilliseconds, slowSeconds }: Decided): boolean {
  return (
    lost !== undefined ||
    delayMilliseconds > 0 ||
    slowSeconds > 0 ||
    world.profile.acceptanceEnds === 'window'
  );
}

export interface Decided {
  readonly handled: Handled;
  readonly sequence: number;
  readonly lost: FaultOf<'lostAnswer'> | undefined;
  readonly garbled: FaultOf<'garbledAnswer'> | undefined;
  readonly delayMilliseconds: number;
  /** Simulated. */
  readonly slowSeconds: number;
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
  const decided: Decided = {
    handled,
    sequence,
    lost: answered ? faultFor(world, 'lostAnswer', handled.traits) : undefined,
    garbled: answered ? faultFor(world, 'garbledAnswer', handled.traits) : undefined,
    delayMilliseconds: answered
      ? (faultFor(world, 'delayedAnswer', handled.traits)?.delayMilliseconds ?? 0)
      : 0,
    slowSeconds: answered ? (faultFor(world, 'slowAnswer', handled.traits)?.seconds ?? 0) : 0,
    writing: accepted === undefined ? undefined : beginAcceptance(world, accepted.set),
  };
  if (accepted !== undefined) {
    const before = world.accepted.get(handled.traits.operation) ?? new Set();
    world.accepted.set(handled.traits.operation, before.add(accepted.set.name.toLowerCase()));
  }
  return decided;
}

/** Waits as long as accepting takes, then lets the answer go, or not. */
async function deliver(
  exchanger: Exchanger,
  { decided, number }: { readonly decided: Decided; readonly number: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { clock, journal } = exchanger;
  const { writing, lost, delayMilliseconds, slowSeconds } = decided;
  if (writing !== undefined) {
    await (clock.sleep?.(writing.milliseconds) ?? nextTurn());
    const time = clock.now();
    journal?.append({ kind: 'answered', time, request: number });
    letAnswerGo(exchanger, time, decided);
  }
  if (slowSeconds > 0) await clock.sleep?.(slowSeconds * 1000);
  if (delayMilliseconds > 0) await realDelay(delayMilliseconds, undefined, signal && { signal });
  if (lost !== undefined && lost.status === undefined) throw networkError('ECONNRESET');
}

function endAcceptance(
  world: World,
  { handled, sequence, lost, writing }: Decided,
  until: number,
  delivered = lost === undefined,
): void {
  const { accepted } = handled.reply;
  if (writing === undefined || accepted === undefined) return;
  const { acceptance } = writing;
  acceptance.until = until;
  world.log.write(world.now(), {
    kind: 'answer',
    request: sequence,
    scaleSet: accepted.set.name,
    delivered,
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

function toAnswer({ status, headers = {}, body }: Reply): Answered {
  if (body === undefined) return { status, headers };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    text: JSON.stringify(body),
  };
}

/** What a gateway writes by itself. */
function gatewayPage(status: number): Answered {
  const text =
    '<html><head><title>Bad Gateway</title></head><body>Our services are not available.</body></html>';
  return { status, headers: { 'content-type': 'text/html' }, text };
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
