import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';

/**
 * A guest needs some time after its operation's end until agent and health report: so many times the views' lag, and
 * the slowest of many guests longer than one.
 */
function usualLags(guests: number): number {
  return 2.5 + 0.4 * Math.max(0, Math.log(guests / 10));
}

/** Sooner than the batch before took: nobody would notice otherwise that guests get well faster. */
const SHARE_OF_BEFORE = 0.95;

/**
 * When the first look at a batch is worth its requests, milliseconds since the epoch: as long after the end of its
 * operations as the batch before took to get well, and at once where something went wrong or was looked at already.
 */
export function firstLookAt(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
  {
    settleSeconds,
    viewLagSeconds,
    disruptive,
  }: {
    readonly settleSeconds?: number | undefined;
    readonly viewLagSeconds: number;
    readonly disruptive: boolean;
  },
): number {
  const latest = rows
    .filter(({ state }) => state === 'upgrading')
    .map((row) => operations.find(({ key }) => key === row.operation));
  const isFresh = rows.every(({ state }) => state !== 'settling');
  const ends = latest.map((operation) =>
    operation?.status === 'succeeded' ? Date.parse(operation.endedAt ?? '') : Number.NaN,
  );
  if (!isFresh || ends.length === 0 || ends.some((end) => Number.isNaN(end))) return 0;
  // Nobody waits for guests that stay off.
  const isCold = rows.every((row) => row.isCold === true);
  const usual = disruptive && !isCold ? usualLags(rows.length) * viewLagSeconds : viewLagSeconds;
  const before = settleSeconds === undefined || isCold ? undefined : SHARE_OF_BEFORE * settleSeconds;
  return Math.max(...ends) + (before ?? usual) * 1000;
}

/** How long after the end of the last of their operations the slowest of these instances was first seen well; seconds. */
export function settledWithin(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
): number | undefined {
  const well = rows.filter(
    (row) => row.state === 'done' && row.isCold !== true && row.healthySince !== undefined,
  );
  const ends = well.map((row) =>
    Date.parse(operations.find(({ key }) => key === row.operation)?.endedAt ?? ''),
  );
  const seconds =
    (Math.max(...well.map(({ healthySince = '' }) => Date.parse(healthySince))) - Math.max(...ends)) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.round(seconds)) : undefined;
}
