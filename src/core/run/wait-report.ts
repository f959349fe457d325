import { isEnded } from '../record/phase.ts';
import { WAITS_FOR } from '../record/rollout.ts';
import type { RolloutRecord, WaitsFor } from '../record/rollout.ts';
import { scaleSetKey } from '../spec/spec.ts';

/** Seconds of several rollouts; a percentile is that of one of them. */
export interface Spread {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
  readonly total: number;
}

export interface WaitGroup {
  /** How many rollouts. */
  readonly rollouts: number;
  /** From acceptance to end. */
  readonly tookSeconds: Spread;
  readonly waitedSeconds: Readonly<Record<WaitsFor, Spread>>;
}

export interface WaitReport {
  readonly all: WaitGroup;
  readonly scaleSets: readonly (WaitGroup & { readonly scaleSet: string })[];
  readonly pipelines: readonly (WaitGroup & { readonly pipeline: string })[];
}

/** How long rollouts took that have ended, and whom they waited for: all, of each scale set, and of each pipeline. */
export function waitReport(records: readonly RolloutRecord[]): WaitReport {
  const ended = records.filter(({ phase }) => isEnded(phase) && phase !== 'refused');
  const sets = grouped(ended, ({ scaleSet }) => scaleSetKey(scaleSet));
  const pipelines = grouped(ended, ({ spec }) => spec.labels?.['pipeline']);
  return {
    all: groupOf(ended),
    scaleSets: sets.map(([, own]) => ({ scaleSet: own[0]?.scaleSet ?? '', ...groupOf(own) })),
    pipelines: pipelines.map(([pipeline, own]) => ({ pipeline, ...groupOf(own) })),
  };
}

function grouped(
  records: readonly RolloutRecord[],
  keyOf: (record: RolloutRecord) => string | undefined,
): readonly (readonly [key: string, records: readonly RolloutRecord[]])[] {
  const groups = new Map<string, RolloutRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function groupOf(records: readonly RolloutRecord[]): WaitGroup {
  const waited = WAITS_FOR.map((who) => [who, spreadOf(records.map((record) => record.waited?.[who] ?? 0))]);
  return {
    rollouts: records.length,
    tookSeconds: spreadOf(
      records.map(
        ({ createdAt, endedAt = createdAt }) => (Date.parse(endedAt) - Date.parse(createdAt)) / 1000,
      ),
    ),
    waitedSeconds: Object.fromEntries(waited) as WaitGroup['waitedSeconds'],
  };
}

function spreadOf(seconds: readonly number[]): Spread {
  const sorted = seconds.map((one) => Math.round(one)).toSorted((one, other) => one - other);
  const at = (percent: number): number => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return {
    p50: at(50),
    p90: at(90),
    p99: at(99),
    most: sorted.at(-1) ?? 0,
    total: sorted.reduce((sum, one) => sum + one, 0),
  };
}
