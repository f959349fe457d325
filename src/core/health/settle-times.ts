import { isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Observation } from './observation.ts';
import { stableFor } from './settle.ts';

/** Seconds until a row may be done without any news; `undefined` when that depends on the service. */
export function secondsUntilStable(rows: readonly LedgerRow[], seen: Observation): number | undefined {
  const settling = rows.filter((row) => row.state === 'settling');
  const waits = settling.map((row) =>
    row.healthySince === undefined ? undefined : secondsUntilLook(row, Date.parse(row.healthySince), seen),
  );
  if (waits.length === 0 || waits.includes(undefined)) return undefined;
  return Math.max(1, Math.ceil(Math.max(...waits.map((wait) => wait ?? 0))));
}

/**
 * At uneven shares of the time, so that nothing that comes and goes evenly is always seen well; none so soon that a list
 * still shows less than the view of the instance itself.
 */
const LOOKS = [0.41, 0.76, 0.87];

/** Once its health has gone again, few looks would all find it well by chance. */
const CLOSE_LOOKS = [0.11, 0.19, 0.27, 0.38, 0.46, 0.52, 0.63, 0.74, 0.83, 0.94];

/**
 * Where there are no looks between, the last comes at no even share either: health that comes and goes as often as the
 * time of stability holds would be seen in the same state at both.
 */
const UNEVEN = 1.23;

function neededFor(row: LedgerRow, seen: Observation): number {
  // Counted from the sign's own time, or looked at since: that comes at no even share by itself.
  const isEven = seen.looksBetween === false && row.healthySince === row.updatedAt;
  return stableFor(row, seen) * (isEven ? UNEVEN : 1);
}

/**
 * Those under way that are worth a look of their own while the others are only waited for: the last look at all did not
 * show them well, or they have lapsed.
 */
export function lateOf(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return rows.filter((row) => isUnderWay(row) && (row.healthySince === undefined || (row.lapses ?? 0) > 0));
}

function secondsUntilLook(row: LedgerRow, since: number, seen: Observation): number {
  const needed = neededFor(row, seen);
  const passed = (seen.now - since) / 1000;
  const shares = (row.lapses ?? 0) > 0 ? CLOSE_LOOKS : LOOKS;
  const looks = seen.looksBetween === true ? shares.map((share) => share * needed) : [];
  return (looks.find((at) => at - passed >= 1) ?? needed) - passed;
}

/** Seconds until the first row may be done; `undefined` when none is well yet. */
export function secondsUntilFirstStable(rows: readonly LedgerRow[], seen: Observation): number | undefined {
  const waits = rows
    .filter((row) => row.state === 'settling' && row.healthySince !== undefined)
    .map((row) => neededFor(row, seen) - (seen.now - Date.parse(row.healthySince ?? '')) / 1000);
  return waits.length === 0 ? undefined : Math.max(1, Math.ceil(Math.min(...waits)));
}

/** Seconds until the first deadline of a row is over, or the lag of its views after that; at least 1. */
export function secondsUntilLate(
  rows: readonly LedgerRow[],
  { seconds, viewLagSeconds }: Observation,
): number {
  const left = rows
    .filter((row) => row.state === 'settling')
    .map((row) => (row.healthyBySeconds ?? Number.POSITIVE_INFINITY) - seconds)
    .map((untilLate) => (untilLate > 0 ? untilLate : untilLate + viewLagSeconds))
    .filter((untilLate) => untilLate > 0);
  return Math.max(1, Math.ceil(Math.min(...left)));
}
