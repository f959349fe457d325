import type { LedgerRow } from '../record/ledger.ts';

const SICK = new Set(['unhealthyAfterUpgrade', 'unhealthyTimeout']);

/**
 * Back on what it ran before, and not well within its time: the others go back meanwhile, and it may still get well.
 * One that did not serve before the rollout is as it was.
 */
export function isSickBack({ direction, state, failure, unserving }: LedgerRow): boolean {
  const isSick = failure !== undefined && SICK.has(failure.code);
  return direction === 'rollback' && state === 'failed' && isSick && unserving !== true;
}

/** Looked at once more, as if its time began now. */
export function givenTime({ healthyBySeconds: _by, ...row }: LedgerRow): LedgerRow {
  return { ...row, state: 'settling' };
}

/** Its time is over: what it failed of before stands. */
export function givenUp(row: LedgerRow): LedgerRow {
  return row.failure === undefined ? row : { ...row, state: 'failed' };
}
