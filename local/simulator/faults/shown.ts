import type { OperationKind } from '../operations/table.ts';
import type { Instance } from '../store/instance.ts';
import { runningOn } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { hits, isAfter, isDuring, isOfSet, type PeriodicFault } from './targets.ts';

/** The provisioning state that the set shows: a fault's, or `Updating` while it works on its instances. */
export function shownState(world: World, set: ScaleSet): string {
  for (const { fault } of world.faults) {
    if (fault.kind === 'setShows' && isOfSet(fault, set.name) && isNow(world, fault, set)) return fault.state;
  }
  const { state } = set.provisioning;
  const works = runningOn(world.operations, set.name).some(({ instances }) => instances.length > 0);
  return state === 'Succeeded' && works && world.profile.setShowsItsOperations ? 'Updating' : state;
}

/** What an instance shows in the place of what is true of it; the first fault that says so decides. */
export function shownInstead(
  world: World,
  set: ScaleSet,
  instance: Instance,
  what: 'provisioning' | 'power' | 'health',
): string | undefined {
  for (const { fault } of world.faults) {
    if (fault.kind !== 'instanceShows' || !hits(fault, set, instance) || !isNow(world, fault, set)) continue;
    if (fault[what] !== undefined) return fault[what];
  }
  return undefined;
}

function isNow(
  world: World,
  fault: PeriodicFault & { readonly afterOperation?: OperationKind | undefined },
  set: ScaleSet,
): boolean {
  return isDuring(fault, world) && isAfter(fault, world, set.name);
}
