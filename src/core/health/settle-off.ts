import { switchOff } from '../actions/switched-off.ts';
import type { Instance } from '../instance/instances.ts';
import { looks, skips } from '../messages/instances.ts';
import { withFailure, withoutFailure } from '../record/failures.ts';
import { nextStep } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';
import type { Observation } from './observation.ts';

/** How often one instance is started that somebody deallocates again and again. */
const MOST_STARTS = 3;

/** Nothing is asked of a guest that is off; one that the service has started on the way is switched off again. */
export function settleCold(row: LedgerRow): LedgerRow {
  if (row.power !== 'running') return { ...withoutFailure(row), state: 'done' };
  return nextStep({ ...row, actions: [...row.actions, switchOff(row.found ?? 'deallocated')] });
}

/**
 * Azure has done what it was asked for, and then the instance was evicted or deallocated by somebody. A guest that went
 * down by itself shows `stopped`, and is a failure like any other.
 */
export function isOffMeanwhile(
  { power, provisioningState }: Instance,
  { endedAt }: Operation,
  seen: Pick<Observation, 'now' | 'viewLagSeconds'>,
): boolean {
  const isOff = power === 'deallocated' && provisioningState === 'Succeeded';
  return isOff && endedAt !== undefined && seen.now - Date.parse(endedAt) >= seen.viewLagSeconds * 1000;
}

/** The policy for instances that are off holds for those that go off meanwhile, too; going back they are left off. */
export function settleOff(row: LedgerRow, { offPolicy = 'skip' }: Pick<Observation, 'offPolicy'>): LedgerRow {
  if (offPolicy === 'startFirst') {
    const starts = row.actions.filter((action) => action === 'start').length;
    return starts < MOST_STARTS
      ? nextStep({ ...row, actions: [...row.actions, 'start'] })
      : withFailure(row, { code: 'deallocated', message: looks.deallocatedAgain });
  }
  if (offPolicy === 'skip' && row.direction === 'forward') {
    return { ...row, state: 'skipped', skipReason: skips.deallocatedMeanwhile };
  }
  return { ...row, state: 'done', isCold: true, found: row.found ?? 'deallocated' };
}
