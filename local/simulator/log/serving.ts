import type { LogEntry } from './entries.ts';

/** How many instances serve from a moment on. */
export interface ServingStep {
  readonly time: number;
  readonly serving: number;
  readonly capacity: number;
}

/**
 * The number of serving instances after each moment at which it changed.
 *
 * Changes of one instant count together: nobody can see an order within it. Without a name all scale sets of the log
 * are counted together.
 */
export function servingTimeline(log: readonly LogEntry[], scaleSet?: string): ServingStep[] {
  const serving = new Set<string>();
  const present = new Set<string>();
  const steps: ServingStep[] = [];
  for (const entry of log) {
    if (entry.kind !== 'instance' || (scaleSet !== undefined && entry.scaleSet !== scaleSet)) continue;
    const key = `${entry.scaleSet}/${entry.instance}`;
    if (entry.change === 'created') {
      present.add(key);
      if (entry.serving) serving.add(key);
    } else if (entry.change === 'deleted') {
      present.delete(key);
      serving.delete(key);
    } else if (entry.change === 'serving') {
      if (entry.value) serving.add(key);
      else serving.delete(key);
    } else {
      continue;
    }
    const step = { time: entry.time, serving: serving.size, capacity: present.size };
    if (steps.at(-1)?.time === entry.time) steps[steps.length - 1] = step;
    else steps.push(step);
  }
  return steps;
}

/**
 * The fewest instances that served at any moment from `from` to `to`, simulated milliseconds since the epoch; what
 * was the case at `from` counts too.
 */
export function fewestServing(
  log: readonly LogEntry[],
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
  scaleSet?: string,
): number {
  const steps = servingTimeline(log, scaleSet);
  const during = steps.filter((step, index) => {
    const endsAt = steps[index + 1]?.time ?? Number.POSITIVE_INFINITY;
    return step.time <= to && endsAt > from;
  });
  return during.reduce((fewest, step) => Math.min(fewest, step.serving), Number.POSITIVE_INFINITY);
}

/** Whether at least `floor` instances served at every moment of the log. */
export function neverBelow(log: readonly LogEntry[], floor: number, scaleSet?: string): boolean {
  return belowFloor(log, floor, scaleSet).length === 0;
}

/** The moments from which fewer than `floor` instances served, for messages. */
export function belowFloor(log: readonly LogEntry[], floor: number, scaleSet?: string): ServingStep[] {
  return servingTimeline(log, scaleSet).filter((step) => step.serving < floor);
}
