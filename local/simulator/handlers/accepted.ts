import type { Call, Reply } from '../calls/call.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { operationHeaders } from '../wire/operation.ts';
import type { World } from '../world.ts';

/** 202 with both URLs of an operation (arm-vmss.md 2.1); `x-ms-request-charge` counts its instances. */
export function acceptedReply(world: World, call: Call, set: ScaleSet, operation: Operation): Reply {
  return {
    status: 202,
    headers: {
      ...operationHeaders(world, call, operation, 'POST'),
      'x-ms-request-charge': String(operation.instances.length),
    },
    accepted: { set, operation },
  };
}
