import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from './rollout.ts';

export interface Prices {
  readonly asOf: string;
  readonly currency: string;
  readonly storageWritesPer10000: number;
  readonly gigabyteSecond: number;
  readonly executionsPerMillion: number;
  readonly gigabytes: number;
  readonly leastSeconds: number;
}

export function readPrices(): Prices {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'prices.json'), 'utf8')) as Prices;
}

/** Storage transactions that the Durable extension takes for an activity, and for a timer: read in its source. */
const OF_ACTIVITY = 9;
const OF_TIMER = 6;

/** The app's own transactions, and Durable's as its source has them. */
export function transactionsOf({ storage, activities, wakes }: Run): number {
  return storage + OF_ACTIVITY * activities + OF_TIMER * wakes;
}

/**
 * What one rollout costs, without the always-ready instance and idle polling: transactions, active periods of at least
 * `leastSeconds` each, and executions, of activities and of the turns between them.
 */
export function costOf(run: Run, prices: Prices): number {
  const executions = 2 * run.activities + run.wakes;
  return (
    (transactionsOf(run) / 10_000) * prices.storageWritesPer10000 +
    (run.wakes + run.batches) * prices.leastSeconds * prices.gigabytes * prices.gigabyteSecond +
    (executions / 1e6) * prices.executionsPerMillion
  );
}
