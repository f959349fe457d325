import type { StageSpec } from './spec.ts';

/** A set of a stage, and how long its rollout would take. */
export interface Timed {
  readonly group: number;
  readonly seconds: number;
}

/** How long a stage would take, its soak included, if every set took its time and began as soon as there was room. */
export function stageSeconds(
  { groups, concurrency, soakSeconds }: StageSpec,
  sets: readonly Timed[],
): number {
  let [now, left] = [0, [...sets]];
  let running: readonly (Timed & { readonly until: number })[] = [];
  while (left.length > 0 || running.length > 0) {
    const waiting: Timed[] = [];
    for (const set of left) {
      const inGroup = running.filter(({ group }) => group === set.group).length;
      const hasRoom = running.length < concurrency && inGroup < (groups[set.group]?.concurrency ?? 1);
      if (hasRoom) running = [...running, { ...set, until: now + set.seconds }];
      else waiting.push(set);
    }
    left = waiting;
    now = Math.min(...running.map(({ until }) => until));
    running = running.filter(({ until }) => until > now);
  }
  return now + soakSeconds;
}
