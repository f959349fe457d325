import { OPERATION_PREEMPTED } from '../errors/catalogue.ts';
import type { Mishaps } from '../faults/mishaps.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { runningOn } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { cancelOperation, endOperation, releaseInstance } from './operation.ts';
import { abandonWork } from './steps.ts';

/**
 * Ends an operation because a newer one overtook it. What was begun on its instances may still be carried through
 * or be taken back: preempted is neither success nor failure (arm-vmss.md 5a).
 */
export function preempt(world: World, set: ScaleSet, operation: Operation): void {
  endOperation(world, operation, OPERATION_PREEMPTED);
  const random = world.random('preemption');
  const { preemptedWork } = world.profile;
  for (const instance of busyWith(set, operation)) {
    const stops = preemptedWork === 'stops' || (preemptedWork === 'either' && random.chance(0.5));
    if (stops) abandonWork(world, set, instance);
  }
}

/** Lets faults end an operation before its time. */
export function scheduleMishaps(
  world: World,
  set: ScaleSet,
  operation: Operation,
  { preempted, canceled }: Pick<Mishaps, 'preempted' | 'canceled'>,
): void {
  if (preempted !== undefined) {
    scheduleIn(world, preempted.afterSeconds, () => {
      if (operation.status === 'InProgress') preempt(world, set, operation);
    });
  }
  if (canceled === undefined) return;
  scheduleIn(world, canceled.afterSeconds, () => {
    if (operation.status !== 'InProgress') return;
    operation.shown = canceled.status;
    const busy = busyWith(set, operation);
    cancelOperation(world, operation);
    if (canceled.work === 'stops') for (const instance of busy) abandonWork(world, set, instance);
  });
}

function busyWith(set: ScaleSet, { pending, id }: Operation): Instance[] {
  return [...pending].flatMap((name) => {
    const instance = set.instances.get(name);
    return instance?.work?.operation.id === id ? [instance] : [];
  });
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
