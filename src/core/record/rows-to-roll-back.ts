import { hasInverse, inverseActions } from '../actions/sequence.ts';
import { actionsToOff } from '../actions/switched-off.ts';
import type { InstanceAction } from '../actions/table.ts';
import { inverseWork } from '../instance/disks.ts';
import type { LedgerRow } from './ledger.ts';

export interface RollbackRules {
  readonly now: string;
  /** Every instance has to see the restored model, also whom nobody has touched. */
  readonly everyone: boolean;
  readonly isPinned?: boolean;
  /** The model is as it was all along: only disks have to be put back. */
  readonly onlyDisks?: boolean;
}

/** Makes the instances that a rollback brings to the old model pending again, and leaves the others as they are. */
export function rowsToRollBack(rows: readonly LedgerRow[], rules: RollbackRules): readonly LedgerRow[] {
  return rows.map((row) => (isRolledBack(row, rules) ? backwards(row, rules) : row));
}

function isRolledBack(row: LedgerRow, { everyone }: RollbackRules): boolean {
  if (row.direction === 'rollback' || row.state === 'gone') return false;
  // fence I7: a rollback leaves a quarantined instance alone
  if (row.state === 'quarantined') return false;
  // fence I7: what nobody has touched is not rolled back
  if (!row.touched && !everyone) return false;
  return true;
}

function backwards(row: LedgerRow, rules: RollbackRules): LedgerRow {
  const {
    operation: _o,
    acceptedAt: _a,
    operationEndedAt: _e,
    healthyBySeconds: _h,
    healthySince: _s,
    lapses: _l,
    disks,
    ...kept
  } = row;
  const actions = actionsBack(row, rules);
  if (actions.length === 0) return row;
  return {
    ...kept,
    ...(disks !== undefined && { disks: inverseWork(disks) }),
    ...(row.found !== undefined && { isCold: true as const }),
    direction: 'rollback',
    state: 'pending',
    actions,
    actionsDone: 0,
    attempts: 0,
    updatedAt: rules.now,
  };
}

function actionsBack(
  row: LedgerRow,
  { isPinned = false, onlyDisks = false }: RollbackRules,
): readonly InstanceAction[] {
  // To a model that was pinned an instance has to be brought, whatever was done to it before.
  const isActedOn = row.touched && (!isPinned || row.actions.includes('upgrade'));
  const inverted = isActedOn ? inverseActions(row.actions) : toOldModel(row);
  const own = onlyDisks ? inverted.filter((action) => hasInverse(action)) : inverted;
  return row.found === undefined ? own : actionsToOff(own, row.found);
}

/** Brought to the model that is restored; what has an inverse of its own is undone before. */
function toOldModel({ touched, actions }: LedgerRow): readonly InstanceAction[] {
  return [...(touched ? actions.filter((action) => hasInverse(action)) : []), 'upgrade'];
}
