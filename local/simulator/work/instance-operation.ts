import { isAmong, type Mishaps } from '../faults/mishaps.ts';
import type { OperationKind } from '../operations/table.ts';
import type { Instance, Work } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { completeEmpty, releaseInstance, startOperation } from './operation.ts';
import { preempt, runningInstanceOperations, scheduleMishaps } from './preempt.ts';

/** What is to be done to instances, and what for. */
export interface InstanceOperation {
  readonly kind: OperationKind;
  readonly instances: readonly Instance[];
  readonly mishaps: Mishaps;
  /** Begins the work on one instance. */
  readonly act: (instance: Instance, order: Pick<Work, 'operation' | 'failure'>) => void;
}

/** An operation on instances; older ones that reach the same instances are preempted (arm-vmss.md 5a). */
export function startInstanceOperation(world: World, set: ScaleSet, asked: InstanceOperation): Operation {
  const { instances, mishaps } = asked;
  const older = runningInstanceOperations(world, set);
  const ids = instances.map((instance) => instance.id);
  const operation = startOperation(world, set, asked.kind, ids);
  if (world.profile.instanceOperationsMoveEtag) set.etag += 1;

  const { skips, fails } = mishaps;
  const reached = instances.filter(({ id }) => skips === undefined || !isAmong(skips.instances, id));
  for (const instance of reached) {
    const failure =
      fails !== undefined && isAmong(fails.instances, instance.id)
        ? { reason: { code: fails.code, message: fails.message }, changed: fails.changed }
        : undefined;
    asked.act(instance, { operation, failure });
  }
  for (const overtaken of older) {
    const preempts = world.profile.overlappingOperations === 'preempt' || shares(overtaken, instances);
    if (preempts) preempt(world, set, overtaken);
  }
  for (const instance of reached) releaseInstance(world, set, instance.id, operation);
  if (reached.length === 0) completeEmpty(world, set, operation);
  scheduleMishaps(world, set, operation, mishaps);
  return operation;
}

export function shares(operation: Operation, instances: readonly Instance[]): boolean {
  return instances.some((instance) => operation.instances.includes(instance.id));
}
