import { words } from './evidence.ts';
import type { InstanceFailure } from './evidence.ts';
import type { LedgerRow } from './ledger.ts';

/** So that a row stays small, whatever is tried with its instance. */
const MOST_EARLIER = 2;

/** Nobody could tell whether the instance was well: neither a success nor a failure of the change. */
export const INCONCLUSIVE = 'healthInconclusive';

export function isInconclusive({ state, failure }: LedgerRow): boolean {
  return state === 'failed' && failure?.code === INCONCLUSIVE;
}

/** A row whose failure is over, be it tried again, skipped or rolled back: what was known of it is kept. */
export function withoutFailure({ failure, earlierFailures = [], ...row }: LedgerRow): LedgerRow {
  const earlier = failure === undefined ? earlierFailures : [...earlierFailures, failure];
  return earlier.length === 0 ? row : { ...row, earlierFailures: earlier.slice(-MOST_EARLIER) };
}

/** A row that has failed now; what it failed of before stays with it. */
export function withFailure(row: LedgerRow, failure: InstanceFailure): LedgerRow {
  const message = words(failure.message, 1000);
  return { ...withoutFailure(row), state: 'failed', failure: { ...failure, message } };
}
