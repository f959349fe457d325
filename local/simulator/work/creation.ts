import type { ScaleSetModel } from '../model/schema.ts';
import { changeInstance } from '../views/change.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { keyOf, scheduleIn, type World } from '../world.ts';
import { createInstances } from './capacity.ts';
import { logModel } from './model-log.ts';
import { completePart, MODEL_PART, startOperation } from './operation.ts';

export interface NewSet {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly model: ScaleSetModel;
  readonly created: number;
}

/** A set without instances, known to the world. */
export function enterScaleSet(world: World, made: NewSet): ScaleSet {
  const random = world.random(`scaleSet/${made.name}`);
  const { name, resourceGroup, location, model, created } = made;
  const set: ScaleSet = {
    name,
    subscriptionId: world.subscriptionId,
    resourceGroup,
    location,
    uniqueId: random.guid(),
    placementGroupIds: [random.guid()],
    created,
    profileChanged: created,
    model,
    generation: 1,
    settledGeneration: 1,
    models: new Map([[1, model]]),
    etag: 1,
    provisioning: { state: 'Succeeded', time: created },
    writes: 0,
    instances: new Map(),
    nextInstanceId: 0,
    repairs: 'Running',
    rolling: undefined,
    history: [],
  };
  world.scaleSets.set(keyOf(set), set);
  world.resourceGroups.set(resourceGroup.toLowerCase(), resourceGroup);
  logModel(world, set, 'creation', []);
  return set;
}

/** Makes a set with its instances, some more of them than asked for where it overprovisions (arm-vmss.md 3.2). */
export function createScaleSet(
  world: World,
  made: Omit<NewSet, 'created'>,
): { set: ScaleSet; operation: Operation } {
  const set = enterScaleSet(world, { ...made, created: world.now() });
  set.provisioning = { state: 'Creating', time: world.now() };
  const operation = startOperation(world, set, 'put', []);
  operation.pending.add(MODEL_PART);
  createInstances(world, set, operation, set.model.sku.capacity);
  operation.onEnd = () => {
    for (const instance of liveInstances(set)) linger(world, set, instance);
    const { failure } = operation;
    if (set.provisioning.state !== 'Creating') return;
    set.provisioning =
      failure === undefined
        ? { state: 'Succeeded', time: world.now() }
        : { state: 'Failed', time: world.now(), failure };
    if (set.model.properties['overprovision'] === true) set.etag += 1;
  };
  const [min, max] = world.profile.timing.modelWrite;
  const seconds = world.random(`creation/${set.name}`).between(min, max);
  scheduleIn(world, seconds, () => completePart(world, set, operation, MODEL_PART));
  return { set, operation };
}

/** Some fresh instances show `Updating` for a while although the creation has succeeded (recorded: reimage). */
function linger(world: World, set: ScaleSet, instance: Instance): void {
  const random = world.random(`fresh/${set.name}`);
  if (!random.chance(0.5) || instance.state.provisioning !== 'Succeeded') return;
  const [min, max] = world.profile.timing.fresh;
  const note = (provisioning: 'Updating' | 'Succeeded'): void =>
    changeInstance(world, set, instance, { provisioning, provisioningTime: world.now() });
  note('Updating');
  scheduleIn(world, random.between(min, max), () => {
    const { work, state } = instance;
    if (work === undefined && state.exists && state.provisioning === 'Updating') note('Succeeded');
  });
}
