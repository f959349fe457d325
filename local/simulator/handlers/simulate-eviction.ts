import { operationNotAllowed } from '../errors/catalogue.ts';
import type { Call, Reply } from '../calls/call.ts';
import { evict, isSpot } from '../work/eviction.ts';
import type { World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet, presentInstance } from './find.ts';

/** Only Spot instances can be evicted; the answer tells of no operation (recorded: simulate_eviction). */
export function simulateEviction(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const instance = presentInstance(set, call);
  checkAcceptance(world, set);
  if (!isSpot(set, instance)) {
    throw operationNotAllowed("Operation 'simulateEviction' is allowed only for Spot Virtual Machines");
  }
  evict(world, set, instance);
  return { status: 204 };
}
