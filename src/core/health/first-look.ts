import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { ownEndOf } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';

/**
 * A guest needs some time after its operation's end until agent and health report: so many times the views' lag. The
 * slowest of many takes hardly longer, as it is seldom the last whose operation ended.
 */
function usualLags(guests: number): number {
  return 2.3 + 0.05 * Math.max(0, Math.log(guests / 10));
}

/** So many times the views' lag a guest may take to start, whatever those before it took. */
const START_LAGS = 4;

/** Sooner than guests should be well: a look too many costs less than one that comes too late. */
const SHARE_OF_BEFORE = 0.94;

/** The slowest of few guests scatters more than that of many: so much sooner where there is only one. */
const SCATTER = 0.14;

/** What is expected of guests before the first look at them. */
export interface Expected {
  /** How long the batches before took, as `learntSettle` has it. */
  readonly settleSeconds?: number | undefined;
  readonly viewLagSeconds: number;
  readonly timeoutSeconds: number;
  readonly disruptive: boolean;
}

/**
 * When the first look at a batch is worth its requests, milliseconds since the epoch: as long after the end of its
 * operations as the batch before took to get well, and at once where something went wrong or was looked at already.
 */
export function firstLookAt(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
  expected: Expected,
): number {
  const latest = rows
    .filter(({ state }) => state === 'upgrading')
    .map((row) => operations.find(({ key }) => key === row.operation));
  const isFresh = rows.every(({ state }) => state !== 'settling');
  const ends = latest.map((operation) =>
    operation?.status === 'succeeded' ? ownEndOf(operation) : Number.NaN,
  );
  if (!isFresh || ends.length === 0 || ends.some((end) => Number.isNaN(end))) return 0;
  return Math.max(...ends) + delayOf(rows, expected) * 1000;
}

/** What guests should take to get well as long as no batch has shown it; where there are none, only views lag. */
function usualSeconds(
  guests: number,
  { viewLagSeconds, disruptive }: Pick<Expected, 'viewLagSeconds' | 'disruptive'>,
): number {
  return disruptive && guests > 0 ? usualLags(guests) * viewLagSeconds : viewLagSeconds;
}

/** Seconds from the end of an operation to the first look at its guests. */
function delayOf(
  rows: readonly LedgerRow[],
  { settleSeconds, viewLagSeconds, timeoutSeconds, disruptive }: Expected,
): number {
  // Nobody waits for guests that stay off.
  const isCold = rows.every((row) => row.isCold === true);
  const share = SHARE_OF_BEFORE - SCATTER / Math.sqrt(rows.length);
  const before = settleSeconds === undefined || isCold ? undefined : share * settleSeconds;
  // The first look begins the time in which guests must get well: where that is short, none has to start faster.
  const least = disruptive && !isCold ? START_LAGS * viewLagSeconds - timeoutSeconds : 0;
  return Math.max(before ?? usualSeconds(isCold ? 0 : rows.length, { viewLagSeconds, disruptive }), least);
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

/** A sign this close to the first look was found by it; seconds. */
const FIRST_LOOK_SECONDS = 3;

/** Where the first look already finds everybody well, they may have been so for long: the next one comes sooner. */
const SHARE_OF_LATE = 0.85;

const RISES_BY = 0.25;
const FALLS_BY = 0.5;

/**
 * What the next batch should take to get well: a part of what this one took, the rest as it was expected. It rises more
 * slowly than it falls, as one slow guest must not delay later looks, and a look too early costs no time. `undefined`
 * where this batch teaches nothing.
 */
export function learntSettle(
  rows: readonly LedgerRow[],
  operations: readonly Operation[],
  expected: Expected,
): number | undefined {
  const took = settledWithin(rows, operations);
  if (took === undefined) return undefined;
  const isFoundAtOnce = took <= delayOf(rows, expected) + FIRST_LOOK_SECONDS;
  const seconds = isFoundAtOnce ? took * SHARE_OF_LATE : took;
  const { settleSeconds: before = usualSeconds(rows.length, expected) } = expected;
  const part = seconds > before ? RISES_BY : FALLS_BY;
  return Math.max(1, Math.round(before + part * (seconds - before)));
}
