import { changeInstance, writeInstanceEntry } from '../views/change.ts';
import type { WorkClass } from '../operations/row.ts';
import { rowOf } from '../operations/table.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { Instance, InstanceState, Work } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { bootGuest } from './guest.ts';
import { completePart } from './operation.ts';
import { inThisLife, secondsOf } from './timing.ts';

const IN_SERVICE: readonly WorkClass[] = ['none', 'model', 'extensions', 'start', 'reapply', 'disks'];

/** Whether work takes its instance out of service. */
export function isDisruptive(work: { readonly class: WorkClass }): boolean {
  return !IN_SERVICE.includes(work.class);
}

/** Gives an instance its part of an operation; what it was busy with is taken over. */
export function giveWork(
  world: World,
  set: ScaleSet,
  instance: Instance,
  work: Work,
): { begin(run: () => void): void } {
  instance.work = work;
  work.operation.pending.add(instance.id);
  const { begin, nothingToDo } = world.profile.timing;
  const range = work.class === 'none' ? nothingToDo : begin;
  const start = world.random(`begin/${set.name}`).between(range[0], range[1]);
  return {
    begin: (run) =>
      step(world, instance, start, () => {
        work.begun = true;
        if (work.class !== 'none') noteBeginning(world, set, instance, work);
        run();
      }),
  };
}

function isUpgrade({ operation }: Work): boolean {
  return rowOf(operation.kind)?.entry !== 'action';
}

function noteBeginning(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  writeInstanceEntry(world, set, instance, {
    change: isUpgrade(work) ? 'upgradeStarted' : 'actionStarted',
    work: work.class,
    disruptive: isDisruptive(work),
    operationId: work.operation.id,
  });
}

/** A step of the instance's present work; dropped when the work was taken over or taken back. */
export function step(world: World, instance: Instance, seconds: number, run: () => void): void {
  const { work } = instance;
  scheduleIn(world, seconds, () => {
    if (instance.work === work && instance.state.exists) run();
  });
}

export function beginUpdating(world: World, set: ScaleSet, instance: Instance): void {
  changeInstance(world, set, instance, {
    provisioning: 'Updating',
    provisioningTime: world.now(),
    failure: undefined,
  });
}

/** The last step of an instance's work; with the last instance the operation ends too. */
export function endWork(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const { failure } = work;
  const generation = failure === undefined || failure.changed ? work.target : instance.state.generation;
  instance.work = undefined;
  changeInstance(world, set, instance, {
    generation,
    latestModelApplied: generation === set.generation,
    ...(work.class === 'none' ? {} : provisioned(world, failure?.reason)),
    etag: instance.state.etag + 1,
    ...(failure === undefined || failure.changed ? work.options.atEnd : work.options.atFailure),
  });
  if (failure !== undefined) work.operation.failure = failure.reason;
  if (work.class !== 'none') {
    writeInstanceEntry(world, set, instance, {
      change: isUpgrade(work) ? 'upgradeEnded' : 'actionEnded',
      outcome: failure === undefined ? 'succeeded' : 'failed',
      operationId: work.operation.id,
    });
  }
  completePart(world, set, work.operation, instance.id);
}

function provisioned(world: World, failure: ProvisioningFailure | undefined): Partial<InstanceState> {
  return {
    provisioning: failure === undefined ? 'Succeeded' : 'Failed',
    provisioningTime: world.now(),
    failure,
  };
}

/** Half a start, stop or disk change is no state to be left in: those are carried through. */
const CAN_BE_TAKEN_BACK: readonly WorkClass[] = [
  'none',
  'model',
  'extensions',
  'resize',
  'image',
  'reimage',
  'restart',
  'redeploy',
  'reapply',
];

/** Takes back work that has not gone too far: the instance comes up again as it was. */
export function abandonWork(world: World, set: ScaleSet, instance: Instance): void {
  const { work } = instance;
  if (work === undefined || work.committed || !CAN_BE_TAKEN_BACK.includes(work.class)) return;
  instance.work = undefined;
  if (!work.begun && !work.inherits) return;
  writeInstanceEntry(world, set, instance, {
    change: isUpgrade(work) ? 'upgradeEnded' : 'actionEnded',
    outcome: 'preempted',
    operationId: work.operation.id,
  });
  const settled = { provisioning: 'Succeeded', provisioningTime: world.now() } as const;
  if (!isDisruptive(work) || !work.bringsUp) {
    changeInstance(world, set, instance, settled);
    return;
  }
  instance.epoch += 1;
  changeInstance(world, set, instance, { power: 'starting' });
  inThisLife(world, instance, secondsOf(world, set, instance, world.profile.timing.start), () => {
    changeInstance(world, set, instance, { ...settled, power: 'running' });
    bootGuest(world, set, instance);
  });
}
