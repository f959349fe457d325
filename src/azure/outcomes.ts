import { isPassing } from '../core/instance/passing.ts';
import { azure } from '../core/messages/azure.ts';
import { z } from 'zod';
import type { Model } from '../core/model/model.ts';
import type { Read, Write } from './port.ts';
import { jsonOf, retryAfterSeconds, serviceErrorOf } from './reply.ts';
import type { Answer, Reply, ServiceError } from './reply.ts';

/** The scarcest bucket of a scale set refills with four calls a minute. */
const DEFAULT_RETRY_AFTER_SECONDS = 15;

/** 409s that mean no (arm-vmss.md 3.4). */
const REFUSALS = new Set(
  [
    'OperationNotAllowed',
    'PropertyChangeNotAllowed',
    'ScopeLocked',
    'RequestDisallowedByPolicy',
    'BadRequest',
    'InvalidParameter',
    'InvalidRequest',
    'ConflictingUserInput',
    'NotSupported',
    'FeatureNotSupported',
    'QuotaExceeded',
    'SkuNotAvailable',
    'AllocationFailed',
    'ZonalAllocationFailed',
    'OverconstrainedAllocationRequest',
    'OverconstrainedZonalAllocationRequest',
    'MissingSubscriptionRegistration',
    'ReadOnlyDisabledSubscription',
    'ResourceGroupBeingDeleted',
    'ResourceNotFound',
    'NotFound',
  ].map((code) => code.toLowerCase()),
);

/** 404s of what is written to, not of what the write names. */
const MISSING = new Set([
  'resourcenotfound',
  'resourcegroupnotfound',
  'parentresourcenotfound',
  'subscriptionnotfound',
  'http404',
]);

/** Said of an instance that was listed a moment ago (arm-vmss.md 3.4). */
const INACTIVE = /instanceId \S+ is not an active/i;

/** Words by which a refusal says that it passes, whatever its code. */
const SAYS_LATER =
  /\b(?:re)?try (?:again )?later\b|\bplease retry\b|\btry again in\b|\bretryable error\b|\bplease wait\b/i;

function passes({ code, message }: ServiceError): boolean {
  return isPassing(code) || SAYS_LATER.test(message);
}

/** Turns a read's reply into the port's words; `parse` answers `undefined` for a body it cannot use. */
export function toRead<T>(
  reply: Reply,
  now: () => number,
  parse: (answer: Answer) => T | undefined,
): Read<T> {
  if (reply.kind === 'none') return { kind: 'unreachable', message: reply.message };
  const { status } = reply;
  if (status >= 200 && status < 300) {
    const value = parse(reply);
    // A proxy's page or a cut body says nothing about the resource: the same as no answer.
    return value === undefined
      ? { kind: 'unreachable', message: azure.unreadableBody(status) }
      : { kind: 'ok', value };
  }
  if (status === 429) return throttled(reply, now);
  if (isFault(status)) return { kind: 'unreachable', message: faultOf(reply), ...heldFor(reply, now) };
  const error = errorOf(reply);
  if (isDenial(status, error)) return { kind: 'denied', ...error };
  return status === 404 ? { kind: 'missing', ...error } : { kind: 'refused', status, ...error };
}

/** Turns a write's reply into the port's words. Whatever leaves open whether it took effect is `unknown`. */
export function toWrite(reply: Reply, now: () => number): Write {
  const write = judged(reply, now);
  if (reply.kind === 'none' || write.kind === 'accepted' || write.kind === 'notSent') return write;
  const { status, headers } = reply;
  const code = serviceErrorOf(reply)?.code;
  const requestId = headers.get('x-ms-request-id');
  return {
    ...write,
    status,
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
  };
}

function judged(reply: Reply, now: () => number): Write {
  if (reply.kind === 'none') return { kind: 'unknown', message: reply.message };
  const { status } = reply;
  if (status >= 200 && status < 300) return accepted(reply, now);
  // fence I11: a throttled write is no failure
  if (status === 429) return throttled(reply, now);
  // fence I12: a server error to a write is no refusal
  if (isFault(status)) return { kind: 'unknown', message: faultOf(reply), ...heldFor(reply, now) };
  const error = errorOf(reply);
  // fence I11: a refusal that passes ends nothing
  if (isDenial(status, error)) return { kind: 'denied', ...error };
  // An instance that has just gone is one less to write to.
  // fence I10: what is written to is not gone at its first 404
  if (isMissing(status, error)) return { kind: 'conflict', ...error, because: 'missing' };
  // fence I14: a model that has moved is read again
  if (status === 412) return { kind: 'modelMoved', message: error.message };
  if (status === 409 && passes(error)) return { kind: 'conflict', ...error };
  // One that nobody knows, or without a readable code, is given some time, since waiting harms nothing.
  // fence I11: a 409 that nobody knows is given some time
  if (status === 409 && !REFUSALS.has(error.code.toLowerCase())) {
    return { kind: 'conflict', ...error, because: 'strange' };
  }
  return { kind: 'refused', status, ...error };
}

function accepted(answer: Answer, now: () => number): Write {
  const { headers } = answer;
  const pollUrl =
    headers.get('azure-asyncoperation') ?? headers.get('operation-location') ?? headers.get('location');
  const retryAfter = retryAfterSeconds(answer, now);
  const requestId = headers.get('x-ms-request-id');
  const etag = headers.get('etag');
  const model = modelIn(answer);
  return {
    kind: 'accepted',
    ...(pollUrl !== undefined && { pollUrl }),
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    ...(requestId !== undefined && { requestId }),
    ...(etag !== undefined && { etag }),
    ...(model !== undefined && { model }),
  };
}

const ModelBody = z.object({ properties: z.object({ virtualMachineProfile: z.object({}) }) });

function modelIn(answer: Answer): Model | undefined {
  const body = jsonOf(answer);
  return ModelBody.safeParse(body).success ? (body as Model) : undefined;
}

function throttled(answer: Answer, now: () => number): Extract<Read<never>, { kind: 'throttled' }> {
  return {
    kind: 'throttled',
    retryAfterSeconds: retryAfterSeconds(answer, now) ?? DEFAULT_RETRY_AFTER_SECONDS,
  };
}

/** cloud-provider-azure#2356 has the second code. */
function isMissing(status: number, { code, message }: ServiceError): boolean {
  if (status === 404) return MISSING.has(code.toLowerCase());
  return INACTIVE.test(message) || /^InstanceIdsListInstanceIdNotActiveVM$/i.test(code);
}

/** A policy says no for as long as it stands; missing rights and expired tokens are given, or renewed. */
function isDenial(status: number, { code }: ServiceError): boolean {
  return (status === 401 || status === 403) && code.toLowerCase() !== 'requestdisallowedbypolicy';
}

/** A service that is too busy may say for how long, as one that throttles does. */
function heldFor(answer: Answer, now: () => number): { readonly retryAfterSeconds?: number } {
  const seconds = answer.status === 503 ? retryAfterSeconds(answer, now) : undefined;
  return seconds === undefined ? {} : { retryAfterSeconds: seconds };
}

function isFault(status: number): boolean {
  return status === 408 || status >= 500;
}

function errorOf(answer: Answer): ServiceError {
  return (
    serviceErrorOf(answer) ?? {
      code: `Http${answer.status}`,
      message: azure.noReason(answer.status),
    }
  );
}

function faultOf(answer: Answer): string {
  const error = serviceErrorOf(answer);
  return error ? `HTTP ${answer.status} ${error.code}: ${error.message}` : `HTTP ${answer.status}`;
}
