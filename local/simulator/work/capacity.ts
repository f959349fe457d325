import { ALLOCATION_FAILED, quotaShortageOf } from '../faults/quota.ts';
import { valueAt } from '../model/json.ts';
import { extensionsOf, imageReferenceOf } from '../model/schema.ts';
import { changeInstance, writeInstanceEntry } from '../store/change.ts';
import { isServing, type HealthState, type Instance, type InstanceState } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { liveInstances, signalOf, type ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { bootGuest } from './guest.ts';
import { dataDisksOf } from './data-disks.ts';
import { completePart, releaseInstance } from './operation.ts';
import { exactVersionOf, osDiskName } from './plan.ts';
import { inThisLife, secondsOf } from './timing.ts';

const INSTANCES_PER_PLACEMENT_GROUP = 100;

export interface NewInstance {
  /** The instance has been running for long, since the set was made: it serves at once. */
  readonly serving: boolean;
  readonly health: HealthState | undefined;
  readonly protected: boolean;
}

/** Brings the number of instances to the model's capacity: new ones on the current model, else the newest leave. */
export function followCapacity(
  world: World,
  set: ScaleSet,
  operation: Operation,
  sparesProtected: boolean,
): void {
  const present = liveInstances(set).filter((instance) => instance.state.provisioning !== 'Deleting');
  const missing = set.model.sku.capacity - present.length;
  if (missing > 0) createInstances(world, set, operation, missing);
  const movable = present.filter(
    ({ state }) => !sparesProtected || state.protection?.protectFromScaleIn !== true,
  );
  const leaving = missing < 0 ? scaledIn(set, movable, -missing) : [];
  for (const instance of leaving) removeInstance(world, set, instance, operation);
}

/** Who leaves when a set scales in: the newest, or the oldest where the model's `scaleInPolicy` says so. */
function scaledIn(set: ScaleSet, instances: readonly Instance[], count: number): Instance[] {
  const rules = valueAt(set.model, 'properties.scaleInPolicy.rules');
  const oldest = Array.isArray(rules) && rules.includes('OldestVM');
  return oldest ? instances.slice(0, count) : instances.slice(-count);
}

/** Makes instances on the current model; with overprovisioning some more, of which the slowest are taken away. */
export function createInstances(world: World, set: ScaleSet, operation: Operation, count: number): void {
  if (quotaShortageOf(world, set.name) === 'allocationFailed') {
    operation.failure = ALLOCATION_FAILED;
    return;
  }
  const overprovisions = set.model.properties['overprovision'] === true;
  const extras = overprovisions ? world.profile.overprovisionedInstances(count) : 0;
  const batch: Instance[] = [];
  let ready = 0;
  for (let index = 0; index < count + extras; index += 1) {
    const instance = addInstance(world, set, { serving: false, health: undefined, protected: false });
    batch.push(instance);
    operation.pending.add(instance.id);
    const onReady = (): void => {
      ready += 1;
      if (ready === count && extras > 0) dropLate(world, set, batch);
    };
    finishCreation(world, set, instance, { operation, onReady });
  }
}

/** The first to be ready stay. */
function dropLate(world: World, set: ScaleSet, batch: readonly Instance[]): void {
  for (const late of batch) {
    if (late.state.provisioning === 'Creating') removeInstance(world, set, late, undefined);
  }
}

/** One more instance on the current model. */
export function createOne(world: World, set: ScaleSet, operation: Operation): Instance {
  const instance = addInstance(world, set, { serving: false, health: undefined, protected: false });
  operation.pending.add(instance.id);
  finishCreation(world, set, instance, { operation, onReady: () => undefined });
  return instance;
}

export function addInstance(world: World, set: ScaleSet, settled: NewInstance): Instance {
  const id = String(set.nextInstanceId);
  set.nextInstanceId += 1;
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

function finishCreation(
  world: World,
  set: ScaleSet,
  instance: Instance,
  { operation, onReady }: { readonly operation: Operation; readonly onReady: () => void },
): void {
  changeInstance(world, set, instance, {});
  const seconds = secondsOf(world, set, instance, world.profile.timing.create);
  inThisLife(world, instance, seconds, () => {
    changeInstance(world, set, instance, {
      power: 'running',
      provisioning: 'Succeeded',
      provisioningTime: world.now(),
    });
    onReady();
    completePart(world, set, operation, instance.id);
    bootGuest(world, set, instance);
  });
}

/** Takes an instance out of service and then away; whatever it was busy with ends here. */
export function removeInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  operation: Operation | undefined,
): void {
  instance.work = undefined;
  instance.epoch += 1;
  instance.probed = false;
  releaseInstance(world, set, instance.id, operation);
  operation?.pending.add(instance.id);
  changeInstance(world, set, instance, {
    provisioning: 'Deleting',
    provisioningTime: world.now(),
    power: 'stopping',
    agent: 'notReady',
    agentTime: world.now(),
  });
  scheduleIn(world, secondsOf(world, set, instance, world.profile.timing.remove), () => {
    changeInstance(world, set, instance, { exists: false });
    if (operation !== undefined) completePart(world, set, operation, instance.id);
  });
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
