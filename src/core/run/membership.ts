import { leavesNone } from '../actions/asked.ts';
import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutRecord } from '../record/rollout.ts';

/** Instances that a complete list shows: those with a row, and those that the rollout leaves alone. */
export function membersOf(
  { bystanders = [] }: Pick<RolloutRecord, 'bystanders'>,
  rows: readonly LedgerRow[],
): readonly string[] {
  const own = rows
    .filter((row) => row.state !== 'gone' && !isDeleted(row))
    .map(({ instanceId }) => instanceId);
  return [...new Set([...own, ...bystanders])];
}

/** Taken away by this very rollout. */
function isDeleted({ state, actions }: LedgerRow): boolean {
  return state === 'done' && leavesNone(actions);
}

/** Instances that a list lacks. That proves nothing yet: lists are short for a moment, or empty (arm-vmss.md). */
export function lackingIn(instances: readonly Instance[], members: readonly string[]): readonly string[] {
  const listed = new Set(instances.map(({ instanceId }) => instanceId));
  return members.filter((id) => !listed.has(id));
}

/** Instances that are there and that the rollout does nothing with. */
export function bystandersOf(instances: readonly Instance[], rows: readonly LedgerRow[]): readonly string[] {
  const own = new Set(rows.map(({ instanceId }) => instanceId));
  return instances.map(({ instanceId }) => instanceId).filter((id) => !own.has(id));
}
