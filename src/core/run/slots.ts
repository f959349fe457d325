import { startLeft } from '../health/start-left.ts';
import { stableFor } from '../health/settle.ts';
import type { Observation } from '../health/observation.ts';
import type { Instance } from '../instance/instances.ts';
import { isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';
import { VIEW_SECONDS } from '../record/times.ts';

/** What one instance has shown, and when it was asked for: milliseconds since the epoch. */
export interface View {
  readonly instance: Instance;
  readonly at: number;
}

export type Views = ReadonlyMap<string, View>;

/** What decides when an instance that holds a slot is worth a look of its own. */
export interface SlotPace {
  readonly observation: Observation;
  readonly pollSeconds: number;
}

/** Of guests that have started so far, so many were well sooner: from then on each of the others may be, too. */
const SHARE_OF_SOONEST = 0.05;

/** Fewer than these tell nothing of how long others take. */
const LEAST_SAMPLES = 10;

/** In poll intervals: from its write until an instance may be well, while nobody has been. */
const USUAL_POLLS = 8;

/** The longer an instance takes, the fewer looks it is worth. */
const SHARE_OF_TAKEN = 0.04;

/** Health that comes and goes is seen by a look between the first and the last. */
const SHARE_OF_STABLE = 0.61;

/**
 * Instances that may stand for the floor: what was seen before the last write to them, or too long ago, shows nobody
 * serving.
 */
export function freshIn(
  views: Views,
  {
    rows,
    operations,
    now,
  }: { readonly rows: readonly LedgerRow[]; readonly operations: readonly Operation[]; readonly now: number },
): readonly Instance[] {
  const sent = new Map(operations.map(({ key, intendedAt }) => [key, Date.parse(intendedAt)]));
  const since = new Map(rows.map(({ instanceId, operation = '' }) => [instanceId, sent.get(operation) ?? 0]));
  return [...views.values()].flatMap(({ instance, at }) =>
    // fence I1: what was seen too long ago does not count as serving
    now - at <= VIEW_SECONDS * 1000 &&
    // fence I1: what was seen before the last write to an instance does not count as serving
    at >= (since.get(instance.instanceId) ?? 0)
      ? [instance]
      : [],
  );
}

/** How old the oldest view is of those that nobody works on; seconds. Without any it is endless. */
export function ageOf(views: Views, rows: readonly LedgerRow[], now: number): number {
  const busy = new Set(rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId));
  let oldest = views.size === 0 ? Number.NEGATIVE_INFINITY : now;
  for (const [id, { at }] of views) if (!busy.has(id)) oldest = Math.min(oldest, at);
  return (now - oldest) / 1000;
}

/**
 * When each instance that holds a slot is worth a look of its own, milliseconds since the epoch: not before others like
 * it were well, nor before what it showed last allows; once it is well, when it may have been so for long enough.
 */
export function looksAt(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
  { views, pace }: { readonly views: Views; readonly pace: SlotPace },
): readonly { readonly row: LedgerRow; readonly at: number }[] {
  const sent = new Map(operations.map((one) => [one.key, Date.parse(one.acceptedAt ?? one.intendedAt)]));
  const soonest = soonestOf(rows, sent) ?? USUAL_POLLS * pace.pollSeconds;
  return rows
    .filter((row) => isUnderWay(row))
    .map((row) => {
      const since = sent.get(row.operation ?? '') ?? 0;
      return { row, at: lookAt(row, views.get(row.instanceId), { pace, since, soonest }) };
    });
}

function lookAt(
  row: LedgerRow,
  view: View | undefined,
  { pace, since, soonest }: { readonly pace: SlotPace; readonly since: number; readonly soonest: number },
): number {
  const { observation, pollSeconds } = pace;
  const seen = view === undefined || view.at < since ? undefined : view;
  if (row.healthySince !== undefined) {
    const well = Date.parse(row.healthySince);
    const stable = stableFor(row, observation) * 1000;
    const between = well + SHARE_OF_STABLE * stable;
    return (seen?.at ?? 0) < between ? between : well + stable;
  }
  const first = since + soonest * 1000;
  if (seen === undefined) return first;
  const taken = (seen.at - since) / 1000;
  const apart = Math.max(0.6 * pollSeconds, SHARE_OF_TAKEN * taken, startLeft([seen.instance], pollSeconds));
  return Math.max(first, seen.at + apart * 1000);
}

/** Seconds from the write until the soonest of the instances was well by its own sign. */
function soonestOf(rows: readonly LedgerRow[], sent: ReadonlyMap<string, number>): number | undefined {
  const taken = rows.flatMap(({ wellAt, operation = '' }) => {
    const seconds = (Date.parse(wellAt ?? '') - (sent.get(operation) ?? Number.NaN)) / 1000;
    return Number.isNaN(seconds) ? [] : [seconds];
  });
  taken.sort((a, b) => a - b);
  return taken.length < LEAST_SAMPLES ? undefined : taken[Math.floor(taken.length * SHARE_OF_SOONEST)];
}
