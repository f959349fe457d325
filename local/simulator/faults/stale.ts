import type { ProvisioningFailure } from '../store/failure.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { isOfSet } from './targets.ts';

/** The old failure that a model write of this set ends with, if any (azure-cli#33307, arm-vmss.md 5a). */
export function staleFailureOf(
  world: World,
  set: ScaleSet,
): { readonly time: number; readonly failure: ProvisioningFailure } | undefined {
  for (const { fault, spent } of world.faults) {
    if (fault.kind !== 'staleFailure' || spent || !fault.reportedByModelWrites) continue;
    if (!isOfSet(fault, set.name)) continue;
    return {
      time: world.started - fault.ageSeconds * 1000,
      failure: { code: fault.code, message: fault.message },
    };
  }
  return undefined;
}

/** An old failure is forgotten once none of its instances shows it: they have been upgraded again. */
export function clearStaleFailures(world: World, set: ScaleSet): void {
  for (const active of world.faults) {
    const { fault } = active;
    if (fault.kind !== 'staleFailure' || active.spent || !isOfSet(fault, set.name)) continue;
    const remains = fault.instances.some((id) => set.instances.get(id)?.state.failure?.code === fault.code);
    if (remains) continue;
    active.spent = true;
    if (set.provisioning.state === 'Failed') set.provisioning = { state: 'Succeeded', time: world.now() };
  }
}
