import { entityNotFound, resourceGroupNotFound, scaleSetNotFound } from '../errors/catalogue.ts';
import { param, type Call } from '../calls/call.ts';
import { visibleState } from '../views/change.ts';
import type { Instance, InstanceState } from '../store/instance.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { scaleSetKey, type World } from '../world.ts';

/** The scale set that the path names, or 404. */
export function findScaleSet(world: World, call: Call): ScaleSet {
  const group = param(call, 'group');
  const name = param(call, 'name');
  const set = world.scaleSets.get(scaleSetKey(param(call, 'subscription'), group, name));
  if (set === undefined) throw scaleSetNotFound(name, group);
  return set;
}

/** The sets of a resource group, or 404 for a group that was never heard of. */
export function setsOfGroup(world: World, call: Call): ScaleSet[] {
  const group = param(call, 'group');
  const sets = [...world.scaleSets.values()].filter(
    (set) => set.resourceGroup.toLowerCase() === group.toLowerCase(),
  );
  if (!world.resourceGroups.has(group.toLowerCase())) throw resourceGroupNotFound(group);
  return sets;
}

/** An instance as the views show it; one that they do not show is not found. */
export function findInstance(
  world: World,
  set: ScaleSet,
  call: Call,
): { readonly instance: Instance; readonly state: InstanceState } {
  const instance = set.instances.get(param(call, 'instance'));
  const state = instance === undefined ? undefined : visibleState(world, instance);
  if (instance === undefined || state === undefined) throw entityNotFound();
  return { instance, state };
}

/** An instance as it is, for writes: one that is leaving is gone. */
export function presentInstance(set: ScaleSet, call: Call): Instance {
  const instance = liveInstances(set).find(({ id }) => id === param(call, 'instance'));
  if (instance === undefined || instance.state.provisioning === 'Deleting') throw entityNotFound();
  return instance;
}
