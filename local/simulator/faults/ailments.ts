import type { Instance } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { secondsSinceStart, type World } from '../world.ts';
import type { Ailment } from './schema.ts';
import { hits, isDuring, isOfSet } from './targets.ts';

export type Condition = 'well' | Ailment['effect'];

/** How an instance with a booted guest is now, faults considered; the first fault that applies decides. */
export function conditionOf(world: World, set: ScaleSet, instance: Instance): Condition {
  for (const { fault } of world.faults) {
    if (isAilment(fault) && hits(fault, set, instance) && isAiling(fault, world, instance))
      return fault.effect;
  }
  return 'well';
}

export function isAilment(fault: { readonly kind: string }): fault is Ailment {
  return ['badImage', 'sickInstance', 'flappingHealth'].includes(fault.kind);
}

function isAiling(fault: Ailment, world: World, instance: Instance): boolean {
  if (fault.kind === 'badImage') {
    const probedFor = world.now() - instance.probedSince;
    return fault.version === instance.state.exactVersion && probedFor >= fault.afterSeconds * 1000;
  }
  if (!isDuring(fault, world)) return false;
  if (fault.kind === 'sickInstance') return true;
  const since = secondsSinceStart(world) - (fault.fromSeconds ?? 0);
  return Math.floor(since / fault.periodSeconds) % 2 === 0;
}

export function slowness(world: World, set: ScaleSet, instance: Instance): number {
  return world.faults.reduce(
    (factor, { fault }) =>
      fault.kind === 'slowInstance' && hits(fault, set, instance) ? factor * fault.factor : factor,
    serviceSlowness(world, set.name),
  );
}

/** How many times as long everything takes just now. */
export function serviceSlowness(world: World, scaleSet: string): number {
  return world.faults.reduce(
    (factor, { fault }) =>
      fault.kind === 'slowService' && isOfSet(fault, scaleSet) && isDuring(fault, world)
        ? factor * fault.factor
        : factor,
    1,
  );
}
