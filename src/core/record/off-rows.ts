import { actionsToOff, actionsWhileOff } from '../actions/switched-off.ts';
import type { SwitchedOff } from '../actions/switched-off.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { Off } from '../instance/power.ts';
import type { LedgerRow } from './ledger.ts';

/** What a row of an instance shows that is dealt with as `how` says. */
export function rowOf(
  actions: readonly InstanceAction[],
  how: Omit<SwitchedOff, 'instance'> | undefined,
): Pick<LedgerRow, 'actions' | 'found' | 'isCold'> {
  if (how === undefined) return { actions };
  const { power: found } = how;
  switch (how.as) {
    case 'cold':
      return { actions: actionsWhileOff(actions, found, 'upgradeCold'), found, isCold: true };
    case 'started':
      return { actions: actionsWhileOff(actions, found, 'startFirst'), found };
    case 'offAgain':
      return { actions: actionsToOff(actions, found), found, isCold: true };
  }
}

/** Whether the rollout has started an instance that was off, and not switched it off again. */
export function isStarted(row: LedgerRow): row is LedgerRow & { readonly found: Off } {
  return row.touched && row.found !== undefined && row.isCold !== true && row.direction !== 'rollback';
}
