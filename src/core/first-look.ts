import type { LedgerRow } from './ledger.ts';
import type { Operation } from './operation.ts';

/** A guest needs some time after its operation's end until agent and health report: so many times the views' lag. */
const USUAL_LAGS = 2.5;

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
  const usual = disruptive ? USUAL_LAGS * viewLagSeconds : viewLagSeconds;
  return Math.max(...ends) + (settleSeconds ?? usual) * 1000;
}

/** How long after their operations' ends the slowest of these instances was first seen well; seconds. */
export function settledWithin(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
): number | undefined {
  const times = rows.flatMap((row) => {
    const end = operations.find(({ key }) => key === row.operation)?.endedAt;
    if (row.state !== 'done' || row.healthySince === undefined || end === undefined) return [];
    return [(Date.parse(row.healthySince) - Date.parse(end)) / 1000];
  });
  return times.length === 0 ? undefined : Math.max(1, Math.ceil(Math.max(...times)));
}
