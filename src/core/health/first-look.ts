import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { ownEndOf } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';

/**
 * A guest needs some time after its operation's end until agent and health report: so many times the views' lag, and
 * the slowest of many guests longer than one.
 */
function usualLags(guests: number): number {
  return 2.5 + 0.4 * Math.max(0, Math.log(guests / 10));
}

/** So many times the views' lag a guest may take to start, whatever those before it took. */
const START_LAGS = 4;

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
    timeoutSeconds,
    disruptive,
  }: {
    readonly settleSeconds?: number | undefined;
    readonly viewLagSeconds: number;
    readonly timeoutSeconds: number;
    readonly disruptive: boolean;
  },
): number {
  const latest = rows
    .filter(({ state }) => state === 'upgrading')
    .map((row) => operations.find(({ key }) => key === row.operation));
  const isFresh = rows.every(({ state }) => state !== 'settling');
  const ends = latest.map((operation) =>
    operation?.status === 'succeeded' ? ownEndOf(operation) : Number.NaN,
  );
  if (!isFresh || ends.length === 0 || ends.some((end) => Number.isNaN(end))) return 0;
  // Nobody waits for guests that stay off.
  const isCold = rows.every((row) => row.isCold === true);
  const usual = disruptive && !isCold ? usualLags(rows.length) * viewLagSeconds : viewLagSeconds;
  const before = settleSeconds === undefined || isCold ? undefined : SHARE_OF_BEFORE * settleSeconds;
  // The first look begins the time in which guests must get well: where that is short, none has to start faster.
  const least = disruptive && !isCold ? START_LAGS * viewLagSeconds - timeoutSeconds : 0;
  return Math.max(...ends) + Math.max(before ?? usual, least) * 1000;
}

/** A look may come so much later than it was due without having been kept from it; seconds. */
const LATE_SECONDS = 30;

/** The longest pause between two looks at guests that start. */
const LONGEST_PAUSE_SECONDS = 60;

/**
 * The last moment at which a look at these instances is no late one, milliseconds since the epoch. `firstAt` is when
 * their first look was due.
 */
export function lookDueBy(rows: readonly LedgerRow[], firstAt: number): number {
  const looked = rows
    .filter(({ state }) => state === 'settling')
    .map(({ updatedAt }) => Date.parse(updatedAt));
  const due = looked.length > 0 ? Math.max(...looked) + LONGEST_PAUSE_SECONDS * 1000 : firstAt;
  return due + LATE_SECONDS * 1000;
}

/**
 * When the sign was made by which an instance is well, milliseconds since the epoch. `undefined` where it tells nothing
 * of how long that took: there is none of its guest, or it is as young as a look that came too late, and may have been
 * so for long.
 */
export function wellAt(
  { health, agent }: Instance,
  { now, dueBy = Number.POSITIVE_INFINITY }: { readonly now: number; readonly dueBy?: number | undefined },
): number | undefined {
  const sign = health ?? agent;
  if (sign === undefined) return undefined;
  const at = Math.min(sign.at ?? now, now);
  return at > dueBy ? undefined : at;
}

/** How long after their operations' own end the slowest of these instances was well by its own sign; seconds. */
export function settledWithin(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
): number | undefined {
  const well = rows.filter(
    (row) => row.state === 'done' && row.isCold !== true && row.healthySince !== undefined,
  );
  const ends = well.map((row) => {
    const operation = operations.find(({ key }) => key === row.operation);
    return operation === undefined ? Number.NaN : ownEndOf(operation);
  });
  // A stall of ours is no sample: one without a time makes the whole none.
  const signs = well.map((row) => Date.parse(row.wellAt ?? ''));
  const seconds = (Math.max(...signs) - Math.max(...ends)) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.round(seconds)) : undefined;
}
