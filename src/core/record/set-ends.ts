import { isEnded } from './phase.ts';
import type { GuardLeft } from './held-guards.ts';
import type { RolloutRecord } from './rollout.ts';

/** What the rollouts of one scale set have left, all that have ended. */
export interface SetEnds {
  readonly scaleSet: string;
  /** Fencing token of the last of them: what an earlier one has to say comes too late. */
  readonly token: number;
  /** The last one that can be undone: its plan and model are kept, however old. */
  readonly undoable?: string;
  /** Guards that nobody has restored yet, whoever left them. */
  readonly guards: readonly GuardLeft[];
}

/** The same after one more rollout has ended. */
export function withEnd(before: SetEnds | undefined, record: RolloutRecord): SetEnds {
  const { id, scaleSet, fencingToken: token, left, restoredGuards = [], spec } = record;
  if (before !== undefined && before.token > token) return before;
  // Whoever only tried to restore the guards of another rollout has left none of its own.
  const own = spec.restoreGuardsOf === undefined ? (left?.heldGuards ?? []) : [];
  const others = (before?.guards ?? []).filter(
    ({ guard }) => !restoredGuards.includes(guard) && own.every((held) => held.guard !== guard),
  );
  const undoable = isUndoable(record) ? id : before?.undoable;
  return {
    scaleSet,
    token,
    ...(undoable !== undefined && { undoable }),
    guards: [...others, ...own.map((held) => ({ rolloutId: id, scaleSet, ...held }))],
  };
}

/** Whether a later rollout could undo something of it. */
function isUndoable({ phase, modelState, canRollBack, spec }: RolloutRecord): boolean {
  if (!isEnded(phase) || canRollBack !== true || modelState === 'restored') return false;
  // Disks of single instances are written without the model.
  return modelState === 'after' || spec.change.dataDisks !== undefined || spec.rollbackOf !== undefined;
}
