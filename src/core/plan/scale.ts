import { askedOf, leavesNone } from '../actions/asked.ts';
import type { Instance } from '../instance/instances.ts';
import { isServing } from '../instance/serving.ts';
import { undoing } from '../messages/undoing.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Model } from '../model/model.ts';
import { capacityOf } from '../model/scale-set.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import { floorOf } from './floor.ts';
import type { Share } from './floor.ts';

const CAPACITY = 'sku.capacity';

/** A new number of instances, which no instance is touched for. */
export function capacityChange(model: Model, capacity: number): readonly PropertyChange[] {
  const before = capacityOf(model) ?? 0;
  return before === capacity ? [] : [{ path: CAPACITY, before, after: capacity, class: 'none' }];
}

/** Instances that go do not come back, nor does what was on their disks. */
export function lostInstances(
  { spec }: { readonly spec: RolloutSpec },
  delta: readonly PropertyChange[],
): readonly Unrecoverable[] {
  const asked = askedOf(spec);
  if (asked !== undefined && leavesNone([asked])) return [{ path: 'change.action', why: undoing.deleted }];
  const isFewer = delta.some(
    ({ path, before, after }) => path === CAPACITY && Number(after) < Number(before),
  );
  return isFewer ? [{ path: 'change.capacity', why: undoing.deleted }] : [];
}

/** How many instances there are, and how many of them serve, when instances were taken away or switched off. */
export interface Afterwards {
  readonly capacity: number;
  readonly serving: number;
}

/** Of those that are named some stop serving for good, and maybe go altogether. */
export function without(
  instances: readonly Instance[],
  leaving: ReadonlySet<string>,
  { areGone }: { readonly areGone: boolean },
): Afterwards {
  const staying = instances.filter(({ instanceId }) => !leaving.has(instanceId));
  return {
    capacity: areGone ? staying.length : instances.length,
    serving: staying.filter((instance) => isServing(instance)).length,
  };
}

/** Azure chooses who leaves: it may be anybody who serves. */
export function scaledTo(instances: readonly Instance[], capacity: number): Afterwards {
  const serving = instances.filter((instance) => isServing(instance)).length;
  return { capacity, serving: serving - Math.max(0, instances.length - capacity) };
}

/** Whether enough serve of what will be there; the floor is that of the new capacity. */
export function checkAfterwards(
  { capacity, serving }: Afterwards,
  { share, largestDomain }: { readonly share: Share; readonly largestDomain: number },
): Refusal | undefined {
  const floor = floorOf(share, capacity, largestDomain);
  // fence I1: nobody takes the last instance away without saying so
  const least = capacity === 0 && share !== '100%' ? 1 : floor;
  if (
    typeof least === 'number' &&
    // fence I1: what stays must serve as the new capacity asks
    serving >= least
  )
    return undefined;
  const shown = typeof least === 'number' ? least : capacity;
  return refuse('floorCrossed', refused.floorCrossed({ serving, capacity, floor: shown }));
}
