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
  /** Requests of each batch, from its first upgrade to the next one's, beyond what P4 allows it; the most of all. */
  readonly overP4: number;
}

/** Of the simulator's lists. */
const PAGE = 100;

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
    overP4: Math.max(...requestsBeyond(requests, batches, Math.ceil(began.size / PAGE))),
  };
}

type Request = LogEntry & { readonly kind: 'request' };

/** At most 6 + writes + polls + 3 × pages a batch (P4); what is above zero is too much. */
function requestsBeyond(
  requests: readonly Request[],
  batches: readonly { readonly instances: readonly string[] }[],
  pages: number,
): readonly number[] {
  const starts = batches.map(({ instances }) => {
    const ids = new Set(instances);
    const first = requests.find(
      (one) => one.operation === 'manualupgrade' && one.instances?.some((id) => ids.has(id)),
    );
    return first?.sequence ?? Number.NaN;
  });
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const inside = requests.filter(({ sequence }) => sequence >= from && sequence < to);
    const free = inside.filter(({ operation, method }) => method !== 'GET' || operation === 'poll').length;
    return inside.length - free - 6 - 3 * pages;
  });
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
