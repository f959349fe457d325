import { isAmong, type Mishaps } from '../faults/mishaps.ts';
import type { OperationKind } from '../operations/table.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { keyOf, scheduleIn, type World } from '../world.ts';
import { leave } from './removal.ts';
import { logModel } from './model-log.ts';
import { completeEmpty, completePart, MODEL_PART, startOperation } from './operation.ts';
import { preempt, runningInstanceOperations, scheduleMishaps } from './preempt.ts';

interface Deletion {
  readonly kind: OperationKind;
  readonly instances: readonly Instance[];
  readonly mishaps: Mishaps;
}

/** Takes instances away for good, and lowers the capacity by their number. */
export function deleteInstances(world: World, set: ScaleSet, deletion: Deletion): Operation {
  const { instances, mishaps } = deletion;
  const operation = startOperation(
    world,
    set,
    deletion.kind,
    instances.map(({ id }) => id),
  );
  const { fails, skips } = mishaps;
  const spared = (id: string): boolean =>
    (fails !== undefined && isAmong(fails.instances, id)) ||
    (skips !== undefined && isAmong(skips.instances, id));
  const leaving = instances.filter(({ id }) => !spared(id));
  if (fails !== undefined) operation.failure = { code: fails.code, message: fails.message };
  lowerCapacity(world, set, leaving.length);
  for (const instance of leaving) leave(world, set, instance, operation);
  if (leaving.length === 0) completeEmpty(world, set, operation);
  scheduleMishaps(world, set, operation, mishaps);
  return operation;
}

function lowerCapacity(world: World, set: ScaleSet, by: number): void {
  const { sku } = set.model;
  set.model = { ...set.model, sku: { ...sku, capacity: Math.max(0, sku.capacity - by) } };
  set.etag += 1;
  logModel(world, set, 'request', ['sku.capacity']);
}

/** Marks the set for deletion, takes its instances away and forgets it. */
export function deleteScaleSet(world: World, set: ScaleSet): Operation {
  const instances = liveInstances(set);
  for (const running of runningInstanceOperations(world, set)) preempt(world, set, running);
  const operation = startOperation(
    world,
    set,
    'deleteScaleSet',
    instances.map(({ id }) => id),
  );
  set.provisioning = { state: 'Deleting', time: world.now() };
  set.etag += 1;
  set.writes += 1;
  operation.onEnd = () => world.scaleSets.delete(keyOf(set));
  operation.pending.add(MODEL_PART);
  for (const instance of instances) leave(world, set, instance, operation);
  const [min, max] = world.profile.timing.begin;
  const seconds = world.random(`deletion/${set.name}`).between(min, max);
  scheduleIn(world, seconds, () => completePart(world, set, operation, MODEL_PART));
  return operation;
}
