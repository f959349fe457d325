import { ALLOCATION_FAILED, quotaShortageOf } from '../faults/quota.ts';
import { changeInstance } from '../views/change.ts';
import type { Instance, Work } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { bootGuest } from './guest.ts';
import { beginUpdating, endWork, step } from './steps.ts';
import { stopGuest } from './take-down.ts';
import { secondsOf } from './timing.ts';

/** Does nothing to an instance that runs already; a deallocated one needs a machine again. */
export function start(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  if (instance.state.power === 'running') {
    endWork(world, set, instance, work);
    return;
  }
  beginUpdating(world, set, instance);
  const needsRoom = instance.state.power === 'deallocated';
  if (needsRoom && quotaShortageOf(world, set.name) === 'allocationFailed') {
    const failure = { reason: ALLOCATION_FAILED, changed: false };
    const seconds = secondsOf(world, set, instance, world.profile.timing.start);
    step(world, instance, seconds, () => endWork(world, set, instance, { ...work, failure }));
    return;
  }
  changeInstance(world, set, instance, { power: 'starting', hibernated: false });
  step(world, instance, secondsOf(world, set, instance, world.profile.timing.start), () => {
    changeInstance(world, set, instance, { power: 'running' });
    endWork(world, set, instance, work);
    bootGuest(world, set, instance);
  });
}

/** Without the guest's own shutdown it goes faster (arm-vmss.md 4); an instance that is off stays as it is. */
export function powerOff(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  if (['stopped', 'deallocated'].includes(instance.state.power)) {
    endWork(world, set, instance, work);
    return;
  }
  const whole = secondsOf(world, set, instance, world.profile.timing.powerOff);
  const seconds = work.options.skipShutdown === true ? whole * 0.4 : whole;
  beginUpdating(world, set, instance);
  stopGuest(world, set, instance, seconds * 0.9);
  step(world, instance, seconds, () => endWork(world, set, instance, work));
}

/** A deallocated instance shows neither agent nor health (arm-vmss.md 2.3). */
export function deallocate(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  if (instance.state.power === 'deallocated') {
    endWork(world, set, instance, work);
    return;
  }
  const seconds = secondsOf(world, set, instance, world.profile.timing.deallocate);
  beginUpdating(world, set, instance);
  if (instance.state.power !== 'stopped') stopGuest(world, set, instance, seconds * 0.4);
  step(world, instance, seconds * 0.5, () => changeInstance(world, set, instance, { power: 'deallocating' }));
  step(world, instance, seconds, () => {
    changeInstance(world, set, instance, {
      power: 'deallocated',
      health: undefined,
      extensions: [],
      hibernated: work.options.hibernate === true,
    });
    endWork(world, set, instance, work);
  });
}
