import { slowness } from '../faults/ailments.ts';
import type { Duration } from '../profile.ts';
import type { Instance } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';

/** Seconds that a step takes on this instance. */
export function secondsOf(world: World, set: ScaleSet, instance: Instance, duration: Duration): number {
  const drawn = world.random(`work/${set.name}/${instance.id}`).logNormal(duration.mean, duration.deviation);
  return drawn * slowness(world, set, instance);
}

/** Schedules a step of the guest's life; it is dropped when the instance was taken down meanwhile. */
export function inThisLife(world: World, instance: Instance, seconds: number, run: () => void): void {
  const { epoch } = instance;
  scheduleIn(world, seconds, () => {
    if (instance.epoch === epoch && instance.state.exists) run();
  });
}
