import type { Batch, Rollout } from '../api/shapes.ts';
import { secondsBetween } from './text.ts';

/** Phases in which time says nothing: people decide when it goes on, or it is over. */
const NOT_RUNNING = new Set(['waiting', 'paused', 'accepted', 'planning', 'rollingBack']);

/** By the pace of the batches that are done; before the first by what the plan expected. */
export function secondsLeft(
  rollout: Rollout,
  { now, expectedSeconds }: { readonly now: number; readonly expectedSeconds: number | undefined },
): number | undefined {
  if (rollout.endedAt || !rollout.startedAt || NOT_RUNNING.has(rollout.phase)) return undefined;
  const batches = rollout.batches ?? [];
  const over = batches.filter((batch) => batch.phase === 'succeeded' && tookOf(batch) !== undefined);
  const done = over.reduce((sum, { instances }) => sum + instances.length, 0);
  if (done === 0) {
    const spent = (now - Date.parse(rollout.startedAt)) / 1000;
    return expectedSeconds === undefined ? undefined : Math.max(0, expectedSeconds - spent);
  }
  const pace = over.reduce((sum, batch) => sum + (tookOf(batch) ?? 0), 0) / done;
  return batches.reduce((sum, batch) => sum + leftOf(batch, pace, now), 0);
}

function leftOf({ phase, instances, startedAt, endedAt }: Batch, pace: number, now: number): number {
  if (endedAt || phase === 'skipped') return 0;
  const spent = startedAt ? (now - Date.parse(startedAt)) / 1000 : 0;
  return Math.max(0, instances.length * pace - spent);
}

function tookOf({ startedAt, endedAt }: Batch): number | undefined {
  return secondsBetween(startedAt, endedAt);
}
