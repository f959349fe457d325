import type { World } from '../world.ts';
import type { FaultOf } from './schema.ts';
import { isDuring, isOfSet } from './targets.ts';

/** How a shortage shows just now, if there is one. */
export function quotaShortageOf(
  world: World,
  scaleSet: string,
): FaultOf<'quotaShortage'>['shows'] | undefined {
  for (const { fault } of world.faults) {
    if (fault.kind === 'quotaShortage' && isDuring(fault, world) && isOfSet(fault, scaleSet))
      return fault.shows;
  }
  return undefined;
}

/** Where the region has no machines: the operation ends with it (arm-vmss.md 3.4). */
export const ALLOCATION_FAILED = {
  code: 'AllocationFailed',
  message:
    'Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more ' +
    'about improving likelihood of allocation success at http://aka.ms/allocation-guidance',
};
