import { runningOn } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { isDuring, isOfSet } from './targets.ts';

/** The provisioning state that the set shows: a fault's, or `Updating` while it works on its instances. */
export function shownState(world: World, set: ScaleSet): string {
  for (const { fault } of world.faults) {
    if (fault.kind !== 'setShows' || !isOfSet(fault, set.name) || !isDuring(fault, world)) continue;
    if (fault.afterOperation === undefined || world.accepted.has(fault.afterOperation)) return fault.state;
  }
  const { state } = set.provisioning;
  const works = runningOn(world.operations, set.name).some(({ instances }) => instances.length > 0);
  return state === 'Succeeded' && works && world.profile.setShowsItsOperations ? 'Updating' : state;
}
