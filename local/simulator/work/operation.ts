import type { OperationKind } from '../operations/table.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import { runningOn, type Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { clearStaleFailures } from '../faults/stale.ts';

/** The part of an operation that is not an instance: the write of the model itself. */
export const MODEL_PART = 'model';

export function startOperation(
  world: World,
  set: ScaleSet,
  kind: OperationKind,
  instances: readonly string[],
): Operation {
  const random = world.random('operations');
  const operation: Operation = {
    id: random.guid(),
    kind,
    scaleSet: set.name,
    location: set.location,
    instances,
    started: world.now(),
    signature: random.hex(48),
    pending: new Set(),
    status: 'InProgress',
    shown: undefined,
    ended: undefined,
    failure: undefined,
    onEnd: undefined,
    output: undefined,
  };
  world.operations.set(operation.id, operation);
  note(world, operation);
  return operation;
}

/** One instance (or the model write) of the operation is done; with the last one the operation ends. */
export function completePart(world: World, set: ScaleSet, operation: Operation, part: string): void {
  operation.pending.delete(part);
  if (operation.pending.size > 0 || operation.status !== 'InProgress') return;
  endOperation(world, operation, operation.failure);
  if (operation.failure === undefined && operation.kind === 'manualupgrade') clearStaleFailures(world, set);
}

/** Operations that wait for an instance which now belongs to another one, or is gone, wait no longer. */
export function releaseInstance(world: World, set: ScaleSet, instance: string, newOwner?: Operation): void {
  for (const operation of runningOn(world.operations, set.name)) {
    if (operation !== newOwner && operation.pending.has(instance)) {
      completePart(world, set, operation, instance);
    }
  }
}

/** For an operation that turned out to have nothing to do: 0-1 s (arm-vmss.md 4). */
export function completeEmpty(world: World, set: ScaleSet, operation: Operation): void {
  const [min, max] = world.profile.timing.nothingToDo;
  operation.pending.add(MODEL_PART);
  const seconds = world.random('emptyOperations').between(min, max);
  scheduleIn(world, seconds, () => completePart(world, set, operation, MODEL_PART));
}

export function endOperation(world: World, operation: Operation, failure?: ProvisioningFailure): void {
  operation.status = failure === undefined ? 'Succeeded' : 'Failed';
  operation.failure = failure;
  operation.ended = world.now();
  note(world, operation);
  operation.onEnd?.();
}

/** Ends an operation without success or failure; what its instances are busy with goes on. */
export function cancelOperation(world: World, operation: Operation): void {
  if (operation.status !== 'InProgress') return;
  operation.status = 'Canceled';
  operation.ended = world.now();
  note(world, operation);
  operation.onEnd?.();
}

function note(world: World, operation: Operation): void {
  world.log.write(world.now(), {
    kind: 'operation',
    scaleSet: operation.scaleSet,
    operationId: operation.id,
    operation: operation.kind,
    instances: operation.instances,
    status: operation.status,
    ...(operation.failure === undefined ? {} : { code: operation.failure.code }),
  });
}
