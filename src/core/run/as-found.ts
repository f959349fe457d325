import { actionsWhileOff } from '../actions/switched-off.ts';
import type { OffPolicy } from '../actions/switched-off.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import type { Off } from '../instance/power.ts';
import { skips } from '../messages/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';

export interface Found {
  readonly policy: OffPolicy;
  /** What is done to an instance that runs, by the plan. */
  readonly planned?: readonly InstanceAction[] | undefined;
}

/**
 * A row that is about to be sent, adapted to how its instance is found: evicted or switched off since the plan was made,
 * or started by somebody. Later, between two actions, settling handles that.
 */
export function asFound(row: LedgerRow, instance: Instance, { policy, planned }: Found): LedgerRow {
  const off = offStateOf(instance);
  if (row.actionsDone > 0 || row.direction === 'stop') return row;
  if (off === undefined) return planned === undefined ? row : asRunning(row, planned);
  if (row.isCold === true) return withoutSwitchingOff(row, off);
  // Its own actions take it down and up again, or its guest shut down by itself: settling judges that.
  const isOurs = row.found !== undefined || (row.touched && row.actions.includes('deallocate'));
  const isGuests = off === 'stopped' && row.operation !== undefined;
  if (isOurs || isGuests) return row;
  return row.direction === 'rollback' ? goingBack(row, off, policy) : goingForward(row, off, policy);
}

/** Somebody has started it already: it is an instance like any other. */
function asRunning(row: LedgerRow, actions: readonly InstanceAction[]): LedgerRow {
  const { found, isCold: _cold, ...kept } = row;
  return found === undefined || row.touched || row.direction === 'rollback' ? row : { ...kept, actions };
}

/** It is off already. */
function withoutSwitchingOff(row: LedgerRow, off: Off): LedgerRow {
  const [first, ...rest] = row.actions;
  const isDone = (first === 'deallocate' && off === 'deallocated') || first === 'powerOff';
  return isDone && rest.length > 0 ? { ...row, actions: rest } : row;
}

function goingForward(row: LedgerRow, off: Off, policy: OffPolicy): LedgerRow {
  const actions = policy === 'skip' ? [] : actionsWhileOff(row.actions, off, policy);
  if (actions.length === 0) return { ...row, state: 'skipped', skipReason: skips.notRunning(off) };
  if (policy === 'upgradeCold') return { ...row, actions, found: off, isCold: true };
  // An instance that was evicted in between was running when the rollout came to it.
  return row.touched ? { ...row, actions } : { ...row, actions, found: off };
}

/** An instance that a bad change brought down is started again; one that somebody switched off stays off. */
function goingBack(row: LedgerRow, off: Off, policy: OffPolicy): LedgerRow {
  const comesUp = row.touched && (off === 'stopped' || policy === 'startFirst');
  if (comesUp) return { ...row, actions: actionsWhileOff(row.actions, off, 'startFirst') };
  return { ...row, actions: actionsWhileOff(row.actions, off, 'upgradeCold'), found: off, isCold: true };
}
