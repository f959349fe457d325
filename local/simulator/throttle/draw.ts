import { ArmError, type ArmErrorBody } from '../errors/arm-error.ts';
import { faultFor } from '../faults/match.ts';
import type { Call } from '../http/call.ts';
import type { World } from '../world.ts';

/** Takes the tokens of a call, or throws 429; answers with the header that tells what is left. */
export function drawTokens(world: World, call: Call): string | undefined {
  const fault = faultFor(world, 'throttle', call.traits);
  if (fault !== undefined) {
    const { retryAfterSeconds } = fault;
    throw tooMany(world, { bucket: call.traits.operation, allowed: 0 }, retryAfterSeconds);
  }
  if (!world.profile.throttling) return undefined;
  const resource = call.url.pathname.toLowerCase().replace(/\/manualupgrade$/, '');
  const result = world.buckets.draw(world.now(), {
    operation: call.traits.operation,
    resource: ownerOf(resource),
  });
  if (result.kind === 'passed') return result.remaining;
  const extra = world.random('throttling').between(0, 5);
  const seconds = Number(world.wireTime.retryAfter(result.waitSeconds + extra));
  throw tooMany(world, result, seconds);
}

/** Sub-resources of a scale set draw on the set's bucket, those of an instance on the instance's. */
function ownerOf(path: string): string {
  return path.replace(/^(.*?\/virtualmachinescalesets\/[^/]+(?:\/virtualmachines\/[^/]+)?)\/.*$/, '$1');
}

/** Words and shape of arm-vmss.md 3.6. */
function tooMany(
  world: World,
  bucket: { readonly bucket: string; readonly allowed: number },
  retryAfterSeconds: number | undefined,
): ArmError {
  const measured = {
    operationGroup: bucket.bucket,
    startTime: world.wireTime.date(world.now() - 60_000),
    endTime: world.wireTime.date(world.now()),
    allowedRequestCount: bucket.allowed,
    measuredRequestCount: bucket.allowed + 1,
  };
  const body: ArmErrorBody = {
    code: 'OperationNotAllowed',
    message:
      'The server rejected the request because too many requests have been received for this subscription.',
    details: [{ code: 'TooManyRequests', target: bucket.bucket, message: JSON.stringify(measured) }],
    innererror: { internalErrorCode: 'TooManyRequestsReceived' },
  };
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return new ArmError(429, body, headers);
}
