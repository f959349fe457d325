import type { LogEntry } from '../../local/simulator/log/entries.ts';

/** What a batch waits for after its last instance serves: the default of `health.stableSeconds`. */
const STABLE_SECONDS = 30;

/** How many of all may be down at once, as the runs are asked to. */
const SHARE_DOWN = 0.2;

export interface Judged {
  /** From the first instance's upgrade until the last one has served for the stable time. */
  readonly seconds: number;
  readonly limits: { readonly barrier: number; readonly sliding: number };
  readonly requests: number;
  readonly throttled: number;
}

/** Judges a whole rollout by the simulator's log alone. */
export function judgeRun(
  log: readonly LogEntry[],
  batches: readonly { readonly instances: readonly string[] }[],
): Judged {
  const began = new Map<string, number>();
  const served = new Map<string, number>();
  for (const entry of log) {
    if (entry.kind !== 'instance') continue;
    if (entry.change === 'upgradeStarted') began.set(entry.instance, entry.time / 1000);
    if (entry.change === 'serving' && entry.value) served.set(entry.instance, entry.time / 1000);
  }
  const taken = [...began].map(([id, at]) => (served.get(id) ?? Number.NaN) + STABLE_SECONDS - at);
  const requests = log.filter((entry) => entry.kind === 'request');
  return {
    seconds: Math.max(...served.values()) + STABLE_SECONDS - Math.min(...began.values()),
    limits: {
      barrier: batches.reduce((sum, { instances }) => sum + span(instances, began, served), 0),
      sliding: greedy(taken, Math.max(1, Math.floor(began.size * SHARE_DOWN))),
    },
    requests: requests.length,
    throttled: requests.filter(({ status }) => status === 429).length,
  };
}

/** One batch, the next of which begins as soon as its slowest instance is done. */
function span(
  instances: readonly string[],
  began: ReadonlyMap<string, number>,
  served: ReadonlyMap<string, number>,
): number {
  const first = Math.min(...instances.map((id) => began.get(id) ?? Number.NaN));
  const last = Math.max(...instances.map((id) => served.get(id) ?? Number.NaN));
  return last + STABLE_SECONDS - first;
}

/** Whenever an instance is done the next one takes its place, in the order in which they went. */
function greedy(taken: readonly number[], slots: number): number {
  const free = Array.from({ length: slots }, () => 0);
  for (const seconds of taken) {
    const next = free.indexOf(Math.min(...free));
    free[next] = (free[next] ?? 0) + seconds;
  }
  return Math.max(...free);
}
