import { extensionsOf, imageReferenceOf } from '../model/schema.ts';
import { writeInstanceEntry } from '../views/change.ts';
import { isServing, type HealthState, type Instance, type InstanceState } from '../store/instance.ts';
import { liveInstances, signalOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { dataDisksOf } from './data-disks.ts';
import { exactVersionOf, osDiskName } from './plan.ts';

const INSTANCES_PER_PLACEMENT_GROUP = 100;

export interface NewInstance {
  /** The instance has been running for long, since the set was made: it serves at once. */
  readonly serving: boolean;
  readonly health: HealthState | undefined;
  readonly protected: boolean;
}

/** An instance that was not there before: the next id, and a place where the fewest are. */
export function addInstance(world: World, set: ScaleSet, settled: NewInstance): Instance {
  const id = takeId(world, set);
  const zones = set.model.zones ?? [];
  const live = liveInstances(set);
  const zone = leastUsed(zones, live, (instance) => instance.zone);
  const neighbours = live.filter((instance) => instance.zone === zone);
  const faultDomains = set.model.properties.platformFaultDomainCount ?? (zones.length > 0 ? 1 : 5);
  const state = firstState(world, set, id, settled);
  const instance: Instance = {
    id,
    zone,
    updateDomain: leastUsed(range(5), neighbours, (other) => other.updateDomain) ?? 0,
    faultDomain: leastUsed(range(faultDomains), neighbours, (other) => other.faultDomain) ?? 0,
    placementGroupId: placementGroupFor(world, set, live),
    vmId: world.random('vmIds').guid(),
    created: settled.serving ? set.created : world.now(),
    state,
    visible: settled.serving ? [{ from: 0, state }] : [],
    work: undefined,
    epoch: 0,
    probed: settled.serving,
    probedSince: settled.serving ? set.created : world.now(),
  };
  set.instances.set(id, instance);
  writeInstanceEntry(world, set, instance, {
    change: 'created',
    image: state.exactVersion,
    updateDomain: instance.updateDomain,
    faultDomain: instance.faultDomain,
    serving: isServing(state, signalOf(set, instance) !== 'none'),
  });
  return instance;
}

function takeId(world: World, set: ScaleSet): string {
  if (world.profile.reusesInstanceIds) {
    const free = [...set.instances.values()].filter(({ state }) => !state.exists).map(({ id }) => Number(id));
    if (free.length > 0) return String(Math.min(...free));
  }
  set.nextInstanceId += 1;
  return String(set.nextInstanceId - 1);
}

/** The first placement group with room; a set that may have only one stays in it (arm-vmss.md 3.2). */
function placementGroupFor(world: World, set: ScaleSet, live: readonly Instance[]): string {
  if (set.model.properties.singlePlacementGroup !== false) return set.placementGroupIds[0] ?? '';
  const counts = new Map<string, number>();
  for (const { placementGroupId } of live) {
    counts.set(placementGroupId, (counts.get(placementGroupId) ?? 0) + 1);
  }
  const open = set.placementGroupIds.find((id) => (counts.get(id) ?? 0) < INSTANCES_PER_PLACEMENT_GROUP);
  if (open !== undefined) return open;
  const added = world.random(`placementGroups/${set.name}`).guid();
  set.placementGroupIds.push(added);
  return added;
}

function firstState(world: World, set: ScaleSet, id: string, settled: NewInstance): InstanceState {
  const { serving } = settled;
  const time = serving ? set.created : world.now();
  return {
    exists: true,
    generation: set.generation,
    latestModelApplied: true,
    provisioning: serving ? 'Succeeded' : 'Creating',
    provisioningTime: time,
    failure: undefined,
    power: serving ? 'running' : 'creating',
    agent: serving ? 'ready' : 'notReady',
    agentTime: time,
    extensions: serving
      ? extensionsOf(set.model).map((extension) => ({ extension, status: 'succeeded', time }))
      : [],
    health: settled.health,
    healthTime: time,
    exactVersion: exactVersionOf(world, imageReferenceOf(set.model)),
    osDisk: osDiskName(world, set.name, id),
    protection: settled.protected
      ? { protectFromScaleIn: true, protectFromScaleSetActions: true }
      : undefined,
    dataDisks: dataDisksOf(world, set, id),
    hibernated: false,
    etag: 1,
  };
}

function range(count: number): number[] {
  return [...Array(count).keys()];
}

/** Spreads evenly: the first of the places that hold the fewest instances. */
function leastUsed<T>(
  places: readonly T[],
  present: readonly Instance[],
  placeOf: (i: Instance) => T | undefined,
) {
  const counts = new Map(places.map((place) => [place, 0]));
  for (const instance of present) {
    const place = placeOf(instance);
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => a - b)[0]?.[0];
}
