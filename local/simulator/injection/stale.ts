import type { FaultOf } from '../faults/schema.ts';
import { isOfSet } from '../faults/targets.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { changeInstance } from '../views/change.ts';
import type { World } from '../world.ts';

type StaleFailure = FaultOf<'staleFailure'>;

/** Puts the traces of an earlier failed attempt on the set and its instances, with old times. */
export function showStaleFailure(world: World, set: ScaleSet, fault: StaleFailure): void {
  if (!isOfSet(fault, set.name)) return;
  const time = world.now() - fault.ageSeconds * 1000;
  const failure: ProvisioningFailure = { code: fault.code, message: fault.message };
  for (const id of fault.instances) {
    const instance = set.instances.get(id);
    if (instance === undefined) continue;
    changeInstance(world, set, instance, { provisioning: 'Failed', provisioningTime: time, failure });
    const seen = instance.visible.at(-1);
    if (seen !== undefined) instance.visible = [{ from: 0, state: seen.state }];
  }
  if (fault.onScaleSet) set.provisioning = { state: 'Failed', time, failure };
}
