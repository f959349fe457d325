import { ALLOCATION_FAILED, quotaShortageOf } from '../faults/quota.ts';
import { valueAt } from '../model/json.ts';
import { changeInstance } from '../views/change.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { bootGuest } from './guest.ts';
import { addInstance } from './new-instance.ts';
import { completePart } from './operation.ts';
import { leave, removeInstance } from './removal.ts';
import { inThisLife, secondsOf } from './timing.ts';

const TIDY_SECONDS = 900;

/** Brings the number of instances to the model's capacity: new ones on the current model, else the newest leave. */
export function followCapacity(
  world: World,
  set: ScaleSet,
  operation: Operation,
  sparesProtected: boolean,
): void {
  const present = presentInstances(set);
  const missing = set.model.sku.capacity - present.length;
  if (missing > 0) createInstances(world, set, operation, missing);
  const movable = present.filter(
    ({ state }) => !sparesProtected || state.protection?.protectFromScaleIn !== true,
  );
  const leaving = missing < 0 ? scaledIn(set, movable, -missing) : [];
  for (const instance of leaving) leave(world, set, instance, operation);
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
  for (let index = 0; index < count + extras; index += 1) {
    const instance = addInstance(world, set, { serving: false, health: undefined, protected: false });
    batch.push(instance);
    operation.pending.add(instance.id);
    const onReady = (): void => {
      if (extras > 0) dropLate(world, set, batch);
    };
    finishCreation(world, set, instance, { operation, onReady });
  }
  if (extras > 0) tidyUp(world, set, batch);
}

/** Once as many are ready as were asked for, the others of the batch go; the capacity may have moved meanwhile. */
function dropLate(world: World, set: ScaleSet, batch: readonly Instance[]): void {
  const ready = presentInstances(set).filter(({ state }) => state.provisioning !== 'Creating');
  if (ready.length >= set.model.sku.capacity) {
    dropExcess(
      world,
      set,
      batch.filter(({ state }) => state.provisioning === 'Creating'),
    );
  }
}

/** Whoever was busy with an instance while it was made kept it from being counted: what is too much goes later. */
function tidyUp(world: World, set: ScaleSet, batch: readonly Instance[]): void {
  scheduleIn(world, TIDY_SECONDS, () => {
    if (isRolling(set.rolling)) tidyUp(world, set, batch);
    else dropExcess(world, set, batch);
  });
}

function dropExcess(world: World, set: ScaleSet, candidates: readonly Instance[]): void {
  const present = presentInstances(set);
  const excess = Math.max(0, present.length - set.model.sku.capacity);
  const leaving = candidates.filter((instance) => present.includes(instance)).slice(0, excess);
  for (const instance of leaving) removeInstance(world, set, instance, undefined);
}

function presentInstances(set: ScaleSet): Instance[] {
  return liveInstances(set).filter(({ state }) => state.provisioning !== 'Deleting');
}

/** One more instance on the current model. */
export function createOne(world: World, set: ScaleSet, operation: Operation): Instance {
  const instance = addInstance(world, set, { serving: false, health: undefined, protected: false });
  operation.pending.add(instance.id);
  finishCreation(world, set, instance, { operation, onReady: () => undefined });
  return instance;
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
