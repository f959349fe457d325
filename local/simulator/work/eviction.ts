import { valueAt } from '../model/json.ts';
import type { Instance } from '../store/instance.ts';
import { modelOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { removeInstance } from './removal.ts';
import { startOperation } from './operation.ts';
import { overtake } from './preempt.ts';
import { actOnInstance } from './upgrade.ts';

export type EvictionPolicy = 'Deallocate' | 'Delete';

const PROFILE = 'properties.virtualMachineProfile';

export function isSpot(set: ScaleSet, instance: Instance): boolean {
  return valueAt(modelOf(set, instance), `${PROFILE}.priority`) === 'Spot';
}

/** The platform takes an instance back, as the policy of its model says (recorded: simulate_eviction). */
export function evict(world: World, set: ScaleSet, instance: Instance, given?: EvictionPolicy): void {
  const policy = given ?? valueAt(modelOf(set, instance), `${PROFILE}.evictionPolicy`);
  const operation = startOperation(world, set, 'simulateEviction', [instance.id]);
  if (policy === 'Delete') removeInstance(world, set, instance, operation);
  else {
    actOnInstance(world, set, instance, { operation, failure: undefined, class: 'deallocate' });
    overtake(world, set, [instance.id], operation);
  }
}
