import { OPERATION_PREEMPTED } from '../errors/catalogue.ts';
import type { Operation } from '../store/operations.ts';
import { runningOn } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { endOperation, releaseInstance } from './operation.ts';
import { abandonWork } from './steps.ts';

/**
 * Ends an operation because a newer one overtook it. What was begun on its instances may still be carried through
 * or be taken back: preempted is neither success nor failure (arm-vmss.md 5a).
 */
export function preempt(world: World, set: ScaleSet, operation: Operation): void {
  endOperation(world, operation, OPERATION_PREEMPTED);
  const random = world.random('preemption');
  for (const id of operation.pending) {
    const instance = set.instances.get(id);
    if (instance?.work?.operation !== operation) continue;
    const { preemptedWork } = world.profile;
    const stops = preemptedWork === 'stops' || (preemptedWork === 'either' && random.chance(0.5));
    if (stops) abandonWork(world, set, instance);
  }
}

/** Operations on instances that still run; the write of a model is not one of them. */
export function runningInstanceOperations(world: World, set: ScaleSet): Operation[] {
  return runningOn(world.operations, set.name).filter((operation) => operation.instances.length > 0);
}

/** What the platform begins by itself overtakes operations on the same instances as a request would. */
export function overtake(world: World, set: ScaleSet, ids: readonly string[], operation: Operation): void {
  for (const older of runningInstanceOperations(world, set)) {
    if (older !== operation && ids.some((id) => older.pending.has(id))) preempt(world, set, older);
  }
  for (const id of ids) releaseInstance(world, set, id, operation);
}
