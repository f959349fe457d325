import type { RequestTraits } from '../calls/call.ts';
import type { World } from '../world.ts';
import type { FaultOf, RequestFault } from './schema.ts';
import { isAfter, isDuring, isOfSet } from './targets.ts';

/**
 * The fault of a kind that hits this request, if any. Asking counts the request: each kind is asked once, when the
 * request arrives (`accessDenied`, `refused`, `serverError`, `throttle`) or once it is answered or accepted (the others).
 */
export function faultFor<K extends RequestFault['kind']>(
  world: World,
  kind: K,
  request: RequestTraits,
  isMeant: (fault: FaultOf<K>) => boolean = () => true,
): FaultOf<K> | undefined {
  let hit: FaultOf<K> | undefined;
  for (const active of world.faults) {
    const { fault } = active;
    if (!isOfKind(fault, kind) || !isMeant(fault) || !matches(world, fault, request)) continue;
    active.matched += 1;
    if (hit !== undefined || !isTurn(fault, active.matched)) continue;
    hit = fault;
    world.log.write(world.now(), {
      kind: 'fault',
      fault: active.id,
      what: 'fired',
      request: request.requestId,
    });
  }
  return hit;
}

function isTurn({ nth, count }: RequestFault, matched: number): boolean {
  return matched >= nth && (count === 'always' || matched < nth + count);
}

export function isUnreachable(world: World): boolean {
  return world.faults.some(({ fault }) => fault.kind === 'unreachable' && isDuring(fault, world));
}

/** The outage that holds just now, if there is one. */
export function outageNow(world: World): FaultOf<'serviceUnavailable'> | undefined {
  for (const { fault } of world.faults) {
    if (fault.kind === 'serviceUnavailable' && isDuring(fault, world)) return fault;
  }
  return undefined;
}

function isOfKind<K extends RequestFault['kind']>(
  fault: { readonly kind: string },
  kind: K,
): fault is FaultOf<K> {
  return fault.kind === kind;
}

function matches(world: World, fault: RequestFault, request: RequestTraits): boolean {
  if (!isDuring(fault, world) || !isOfSet(fault, request.scaleSet)) return false;
  if (!isAfter(fault, world, request.scaleSet)) return false;
  if (fault.operation !== undefined && ![fault.operation].flat().includes(request.operation)) return false;
  if (fault.onInstances === undefined) return true;
  return request.instances.some((id) => id === '*' || fault.onInstances?.includes(id) === true);
}
