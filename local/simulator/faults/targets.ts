import type { OperationKind } from '../operations/table.ts';
import type { Instance } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { secondsSinceStart, type World } from '../world.ts';

export interface TargetedFault {
  readonly scaleSet?: string | undefined;
  readonly instances?: readonly string[] | undefined;
  readonly updateDomains?: readonly number[] | undefined;
}

export interface PeriodicFault {
  readonly fromSeconds?: number | undefined;
  readonly untilSeconds?: number | undefined;
}

/** Conditions that are absent hold for every instance. */
export function hits(fault: TargetedFault, set: ScaleSet, instance: Instance): boolean {
  if (!isOfSet(fault, set.name)) return false;
  if (fault.instances !== undefined && !fault.instances.includes(instance.id)) return false;
  return fault.updateDomains === undefined || fault.updateDomains.includes(instance.updateDomain);
}

export function isOfSet(fault: TargetedFault, scaleSet: string | undefined): boolean {
  return fault.scaleSet === undefined || fault.scaleSet.toLowerCase() === scaleSet?.toLowerCase();
}

/** Whether a request of that kind to this set was accepted before; of any set, for a request that concerns none. */
export function isAfter(
  { afterOperation }: { readonly afterOperation?: OperationKind | undefined },
  world: World,
  scaleSet: string | undefined,
): boolean {
  if (afterOperation === undefined) return true;
  const before = world.accepted.get(afterOperation);
  return before !== undefined && (scaleSet === undefined || before.has(scaleSet.toLowerCase()));
}

/** From its first second to just before its last. */
export function isDuring(fault: PeriodicFault, world: World): boolean {
  const seconds = secondsSinceStart(world);
  return seconds >= (fault.fromSeconds ?? 0) && seconds < (fault.untilSeconds ?? Number.POSITIVE_INFINITY);
}
