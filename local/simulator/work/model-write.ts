import { tooManyModels } from '../errors/catalogue.ts';
import { serviceSlowness } from '../faults/ailments.ts';
import type { Mishaps } from '../faults/mishaps.ts';
import { staleFailureOf } from '../faults/stale.ts';
import type { ModelEntry } from '../log/entries.ts';
import type { OperationKind } from '../operations/table.ts';
import { canonical, leafPaths, valueAt, type JsonObject } from '../model/json.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import { changeInstance } from '../views/change.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { Operation } from '../store/operations.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { followCapacity } from './capacity.ts';
import { logModel } from './model-log.ts';
import { completePart, MODEL_PART, startOperation } from './operation.ts';
import { repairsItself, watchAllForRepair } from './repairs.ts';
import { rollOutModel } from './rolling/start.ts';
import { overtake, preempt, runningInstanceOperations, scheduleMishaps } from './preempt.ts';
import { upgradeInstance } from './upgrade.ts';

export interface ModelChange {
  readonly model: ScaleSetModel;
  /** What was sent, for the log. */
  readonly patch: JsonObject;
  readonly by: ModelEntry['by'];
  readonly operation: OperationKind;
  /** What the operation ends with, although the model is taken. */
  readonly failure?: ProvisioningFailure | undefined;
  /** A fault that ends the operation before its time. */
  readonly canceled?: Mishaps['canceled'];
  /** Whether scaling in leaves instances that are protected from it, as autoscale does (arm-vmss.md 3.3). */
  readonly sparesProtected?: boolean;
}

interface SettlingWrite {
  readonly isNew: boolean;
  /** Whether the upgrade policy became another one. */
  readonly movesMode: boolean;
  readonly failure: ProvisioningFailure | undefined;
  readonly canceled: Mishaps['canceled'];
}

/** Whether the write makes a new model: capacity, tags and upgrade policy do not (arm-vmss.md 3.3). */
export function makesNewModel(world: World, before: ScaleSetModel, after: ScaleSetModel): boolean {
  return world.profile.modelPaths.some(
    (path) => canonical(valueAt(before, path)) !== canonical(valueAt(after, path)),
  );
}

/**
 * What moves `virtualMachineProfile.timeCreated` (recorded for PUT): a change of the profile, hibernation turned on,
 * and the step from Rolling to Manual; not capacity, policies or repairs alone.
 */
function movesProfileTime(before: ScaleSetModel, after: ScaleSetModel): boolean {
  const moves = ['properties.virtualMachineProfile', 'properties.additionalCapabilities'].some(
    (path) => canonical(valueAt(before, path)) !== canonical(valueAt(after, path)),
  );
  const modes = [before, after].map((model) => model.properties.upgradePolicy.mode);
  return moves || (modes[0] === 'Rolling' && modes[1] === 'Manual');
}

/** Every model that some instance was last brought to, and the current one, count (arm-vmss.md 5a). */
export function checkModelLimit(world: World, set: ScaleSet): void {
  const { modelLimit } = world.profile;
  const kept = new Set(liveInstances(set).map((instance) => instance.state.generation));
  kept.add(set.generation);
  if (kept.size + 1 > modelLimit) throw tooManyModels(set.name, modelLimit);
}

/** Takes a checked model: from here on it is the scale set's, whatever becomes of the operation. */
export function writeModel(world: World, set: ScaleSet, change: ModelChange): Operation {
  const before = set.model;
  const isNew = makesNewModel(world, before, change.model);
  set.model = change.model;
  set.etag += 1;
  set.writes += 1;
  if (isNew) {
    set.generation += 1;
    set.models.set(set.generation, change.model);
  }
  logModel(world, set, change.by, leafPaths(change.patch));
  if (isNew) outdateInstances(world, set);

  const operation = startOperation(world, set, change.operation, []);
  operation.pending.add(MODEL_PART);
  if (before.sku.capacity !== change.model.sku.capacity) {
    followCapacity(world, set, operation, change.sparesProtected === true);
  }
  const movesMode = before.properties.upgradePolicy.mode !== change.model.properties.upgradePolicy.mode;
  if (movesProfileTime(before, change.model)) set.profileChanged = world.now();
  const { failure, canceled } = change;
  settleWrite(world, set, operation, { isNew, movesMode, failure, canceled });
  scheduleMishaps(world, set, operation, { preempted: undefined, canceled });
  return operation;
}

/** In mode Rolling a new model starts an upgrade, and so does any write while instances are outdated (3.3). */
function rolls(set: ScaleSet, { isNew, movesMode }: SettlingWrite): boolean {
  if (set.model.properties.upgradePolicy.mode !== 'Rolling' || isRolling(set.rolling)) return false;
  return isNew || movesMode || liveInstances(set).some(({ state }) => !state.latestModelApplied);
}

function outdateInstances(world: World, set: ScaleSet): void {
  if (world.profile.modelWritePreempts) {
    for (const operation of runningInstanceOperations(world, set)) preempt(world, set, operation);
  }
  for (const instance of liveInstances(set))
    changeInstance(world, set, instance, { latestModelApplied: false });
}

function settleWrite(world: World, set: ScaleSet, operation: Operation, write: SettlingWrite): void {
  const random = world.random(`modelWrite/${set.name}`);
  const { timing, etagMovesAgainShare } = world.profile;
  const slow = random.chance(timing.slowModelWriteShare) && write.isNew;
  const [min, max] = slow ? timing.slowModelWrite : timing.modelWrite;
  const { writes, generation } = set;
  const stale = staleFailureOf(world, set);
  operation.failure = write.failure ?? stale?.failure ?? operation.failure;
  set.provisioning = { state: 'Updating', time: world.now() };

  operation.onEnd = () => {
    if (set.writes !== writes) return;
    if (random.chance(etagMovesAgainShare)) set.etag += 1;
    const { failure } = operation;
    if (operation.shown !== undefined) {
      set.provisioning = { state: 'Canceled', time: world.now() };
      return;
    }
    const time = write.failure === undefined && stale !== undefined ? stale.time : world.now();
    set.provisioning =
      failure === undefined ? { state: 'Succeeded', time } : { state: 'Failed', time, failure };
  };
  const drawn = random.between(min, max) * serviceSlowness(world, set.name);
  // One that a fault cancels is under way until then.
  const seconds = write.canceled === undefined ? drawn : Math.max(drawn, write.canceled.afterSeconds + 1);
  scheduleIn(world, seconds, () => {
    set.settledGeneration = Math.max(set.settledGeneration, generation);
    if (write.isNew && set.model.properties.upgradePolicy.mode === 'Automatic') {
      const instances = liveInstances(set).filter(({ state }) => state.provisioning !== 'Deleting');
      for (const instance of instances) {
        upgradeInstance(world, set, instance, { operation, failure: undefined });
      }
      overtake(
        world,
        set,
        instances.map(({ id }) => id),
        operation,
      );
    }
    if (rolls(set, write)) rollOutModel(world, set, operation);
    if (repairsItself(set)) watchAllForRepair(world, set);
    completePart(world, set, operation, MODEL_PART);
  });
}
