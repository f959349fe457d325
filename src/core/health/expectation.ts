import { takesDown } from '../actions/sequence.ts';
import { aboutAction } from '../actions/table.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { lastKnownAt } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import type { Expectation } from './look.ts';
import type { Observation } from './observation.ts';

export function isLastStep({ actions, actionsDone }: Pick<LedgerRow, 'actions' | 'actionsDone'>): boolean {
  return actionsDone >= actions.length - 1;
}

function needsWell(next: InstanceAction | undefined): boolean {
  return next !== undefined && aboutAction(next).needsWell === true;
}

/** What a row's instance must show after this write to it. */
export function expectationOf(
  {
    actions,
    actionsDone,
    disks,
    isCold = false,
  }: Pick<LedgerRow, 'actions' | 'actionsDone' | 'disks'> & { readonly isCold?: boolean },
  operation: Operation,
  { image, disruptive }: Pick<Observation, 'image' | 'disruptive'>,
): Expectation {
  const action = operation.action ?? 'upgrade';
  return {
    action,
    isLast: isLastStep({ actions, actionsDone }) || needsWell(actions[actionsDone + 1]),
    image,
    disks,
    disruptive: takesDown(action, disruptive),
    isCold,
    // fence I3: an answer that comes late makes no sign of the write older than the write
    since: Date.parse(operation.intendedAt),
  };
}

/**
 * Whether what is seen can be no view from before the write: the new image proves it, else only time does. A view of
 * before the model's change says that the latest model is applied, too.
 */
export function isProven({ imageBefore }: LedgerRow, operation: Operation, seen: Observation): boolean {
  const { proof } = aboutAction(operation.action ?? 'upgrade');
  if (proof === 'itself') return true;
  if (proof === 'image' && seen.image !== undefined && seen.image !== imageBefore) return true;
  // fence I13: a view that may be from before the write proves nothing
  return seen.now - lastKnownAt(operation) >= seen.viewLagSeconds * 1000;
}
