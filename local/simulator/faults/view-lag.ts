import type { Instance } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { hits, isDuring } from './targets.ts';

/** How long a change that happens now takes to show; the fault that was injected last wins. */
export function viewLagSeconds(world: World, set: ScaleSet, instance: Instance): number {
  const override = world.faults.findLast(
    ({ fault }) => fault.kind === 'viewLag' && isDuring(fault, world) && hits(fault, set, instance),
  )?.fault;
  const range = override?.kind === 'viewLag' ? override.lagSeconds : world.profile.viewLagSeconds;
  return world.random(`lag/${set.name}/${instance.id}`).between(range[0], range[1]);
}
