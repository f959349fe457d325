import type { Store } from '../../store/port.ts';
import type { View } from '../../core/run/slots.ts';
import type { Instance } from '../../core/instance/instances.ts';
import type { Step } from '../frame/step.ts';

/** The last view of each instance, of each rollout that slides over several pages, in this process. */
const known = new WeakMap<Store, Map<string, Map<string, View>>>();

/** So many rollouts are remembered; whoever is forgotten lists its instances again. */
const MOST_ROLLOUTS = 200;

/** Remembers a whole list: who is not in it is not there. */
export function keepList({ store, record, now }: Step, instances: readonly Instance[]): void {
  const rollouts = known.get(store) ?? new Map<string, Map<string, View>>();
  known.set(store, rollouts);
  rollouts.delete(record.id);
  for (const id of rollouts.keys()) if (rollouts.size >= MOST_ROLLOUTS) rollouts.delete(id);
  const views = instances.map((instance) => [instance.instanceId, { instance, at: now }] as const);
  rollouts.set(record.id, new Map(views));
}

/** Remembers what a few instances have shown beside the list. */
export function keepViews(step: Step, instances: readonly Instance[]): void {
  const views = known.get(step.store)?.get(step.record.id);
  for (const instance of instances) views?.set(instance.instanceId, { instance, at: step.now });
}

/** The last view of every instance of the set; empty where this process has not listed them. */
export function viewsOf({ store, record }: Step): ReadonlyMap<string, View> {
  return known.get(store)?.get(record.id) ?? new Map<string, View>();
}
