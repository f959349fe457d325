import { ArmError, type ArmErrorBody } from '../errors/arm-error.ts';
import { faultFor } from '../faults/match.ts';
import { retryAfterOf } from '../faults/retry-after.ts';
import type { Call, Reply } from '../calls/call.ts';
import { ACTIONS_OF_SET, type BucketRule } from '../operations/buckets.ts';
import type { World } from '../world.ts';

/** Takes the tokens of a call, or throws 429; answers with the header that tells what is left. */
export function drawTokens(world: World, call: Call, buckets: readonly BucketRule[]): string | undefined {
  const fault = faultFor(world, 'throttle', call.traits);
  if (fault !== undefined) {
    throw tooMany(world, { bucket: call.traits.operation, allowed: 0 }, retryAfterOf(world, fault));
  }
  if (!world.profile.throttling) return undefined;
  const resource = call.url.pathname.toLowerCase().replace(/\/manualupgrade$/, '');
  const drawsOnSet = call.traits.operation === 'manualupgrade' && world.profile.manualUpgradeDrawsOnResource;
  const result = world.buckets.draw(world.now(), {
    buckets: drawsOnSet ? [...buckets, ACTIONS_OF_SET] : buckets,
    resource: ownerOf(resource),
  });
  if (result.kind === 'passed') return result.remaining;
  const extra = world.random('throttling').between(0, 5);
  throw tooMany(world, result, { 'retry-after': world.wireTime.retryAfter(result.waitSeconds + extra) });
}

/** Adds what a call was charged for its instances to what the header tells (recorded: create_and_modify). */
export function withCharge(world: World, call: Call, reply: Reply, remaining: string): string {
  const charge = reply.headers?.['x-ms-request-charge'];
  if (charge === undefined) return remaining;
  const isRead = call.method === 'GET';
  const left = world.buckets.charge(world.now(), isRead ? 'views' : 'requests', Number(charge));
  return [remaining, left, ...(isRead ? [] : ['Microsoft.Compute/VmssQueuedVMOperations;0'])].join(',');
}

/** The list of a whole subscription comes from Azure Resource Manager itself and tells of no bucket (recorded). */
export function tellsBuckets({ url }: Call): boolean {
  return !/^\/subscriptions\/[^/]+\/providers\/microsoft\.compute\/virtualmachinescalesets$/i.test(
    url.pathname,
  );
}

const SET = /^.*?\/virtualmachinescalesets\/[^/]+/;
const INSTANCE = /^.*?\/virtualmachinescalesets\/[^/]+\/virtualmachines\/[^/]+/;

/**
 * Sub-resources of a scale set draw on the set's bucket, those of an instance on the instance's: two instances that were
 * asked for one second apart each had 35 left (recorded 2024-08-26: azure-cli's test_vmss_vms).
 */
function ownerOf(path: string): string {
  return (INSTANCE.exec(path) ?? SET.exec(path))?.[0] ?? path;
}

/** Words and shape of arm-vmss.md 3.6. */
function tooMany(
  world: World,
  bucket: { readonly bucket: string; readonly allowed: number },
  headers: Readonly<Record<string, string>>,
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
  return new ArmError(429, body, headers);
}
