import type { Store } from '../../store/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { GLANCE_SECONDS } from '../../core/record/times.ts';
import type { Step } from '../frame/step.ts';

/** What a look at all instances showed a moment ago. */
export interface Glance {
  readonly instances: readonly Instance[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The last look of each rollout, in this process: what one step has just seen, the next one need not ask for again. */
const last = new WeakMap<Store, Map<string, Glance>>();

export function noteGlance({ store, record, now }: Step, instances: readonly Instance[]): void {
  const glances = last.get(store) ?? new Map<string, Glance>();
  last.set(store, glances);
  for (const [rollout, { at }] of glances) if (!isYoung(at, now)) glances.delete(rollout);
  glances.set(record.id, { instances, at: now });
}

/**
 * The last look of this rollout, if it is as good as a new one: views are older than this anyway. One from before a
 * write of the rollout does not show what that does.
 */
export function glanceOf({ store, record, records, now }: Step): Glance | undefined {
  const glance = last.get(store)?.get(record.id);
  if (glance === undefined || !isYoung(glance.at, now)) return undefined;
  // fence I3: a look from before a write of ours sends nothing
  const isOlder = records.operations.some(({ intendedAt }) => Date.parse(intendedAt) >= glance.at);
  return isOlder ? undefined : glance;
}

function isYoung(at: number, now: number): boolean {
  return now >= at && now - at < GLANCE_SECONDS * 1000;
}
