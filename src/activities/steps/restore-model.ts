import { audit } from '../../core/messages/audit.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import { modelWrites } from '../../core/model/guards.ts';
import { partsOf } from '../../core/model/parts.ts';
import { othersIn } from '../../core/model/pin.ts';
import type { Pin } from '../../core/model/pin.ts';
import { sideEffectsToRestore } from '../../core/model/side-effects.ts';
import { imageAfter } from '../../core/plan/plan-scope.ts';
import { countRows } from '../../core/record/ledger.ts';
import { rowsToRollBack } from '../../core/record/rows-to-roll-back.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Answer } from '../../core/run/answer.ts';
import { pinFor, restoringDelta } from '../../core/undo/restoring-delta.ts';
import { readPlan } from '../../store/plans.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { followModel } from '../looks/follow-model.ts';
import { saveTaken } from '../looks/model-taken.ts';
import { sendModel } from '../writes/model-write.ts';

/** Restores exactly the fields that the rollout changed, and makes every touched instance pending again. */
export const restoreModel = defineStep({
  name: 'restoreModel',
  async run(step) {
    const { record } = step;
    if (record.modelState === 'restored') return { kind: 'done' };
    const { rows } = step.records;
    // Perhaps there is no plan yet, either.
    if (record.modelState === 'before') return endWith(step, rows, { isIrreversible: undefined });
    const kept = await readPlan(step.store, record.id);
    if (kept === undefined) throw new Error(`rollout ${record.id} has no plan`);
    const own = restoringDelta(kept.plan.delta, rows, kept.snapshot);
    // fence I7: what came with our own write goes back with it
    const delta = [...own, ...sideEffectsToRestore(record.sideEffects ?? [], own)];
    if (delta.length === 0) {
      return endWith(step, rows, { onlyDisks: kept.plan.delta.length === 0 });
    }
    return writeParts(step, { kept, rows, delta });
  },
});

interface Restoring {
  readonly kept: KeptPlan;
  readonly rows: readonly LedgerRow[];
  readonly delta: readonly PropertyChange[];
}

/** The parts in the opposite order; the upgrade policy stays held until every instance shows the restored model. */
async function writeParts(step: Step, { kept, rows, delta }: Restoring): Promise<Answer> {
  const phase = 'rollingBack';
  const direction = 'rollback';
  const watched = [...modelWrites(kept.plan.delta, kept.plan.guards), ...delta];
  let current = step;
  for (const part of partsOf(delta).toReversed()) {
    const standing = await followModel(current, { kept, part, watched, whole: delta, direction, phase });
    if (standing.kind === 'leave') return standing.answer;
    if (standing.kind === 'toSend') {
      if (step.standing.paused) return waitWhilePaused(current);
      const held = await waitOutHold(current, { name: 'write', phase });
      const write = { part, direction, phase } as const;
      return held ?? sendModel(current, standing.set, { write, operations: standing.operations });
    }
    current = await saveTaken(current, standing);
  }
  const pinned = pinFor(kept.plan.delta, rows, kept.snapshot);
  return endWith(current, rows, { targetImage: imageAfter(kept.snapshot, delta), pinned });
}

async function endWith(
  step: Step,
  rows: readonly LedgerRow[],
  {
    onlyDisks = false,
    ...changes
  }: {
    readonly targetImage?: string | undefined;
    readonly pinned?: Pin | undefined;
    readonly isIrreversible?: undefined;
    readonly onlyDisks?: boolean;
  },
): Promise<Answer> {
  const toRollBack = rowsToRollBack(rows, {
    now: new Date(step.now).toISOString(),
    // fence I7: where a policy is held every instance goes back to the old model
    everyone: step.record.policyHeld !== undefined,
    isPinned: changes.pinned !== undefined,
    onlyDisks,
  });
  step.records.putRows(toRollBack);
  await finish(step, { ...changes, modelState: 'restored', counts: countRows(toRollBack) }, [
    {
      kind: 'modelRestored',
      message: onlyDisks ? audit.modelUntouched : restoredWords(changes.pinned),
    },
  ]);
  return { kind: 'done' };
}

function restoredWords(pinned: Pin | undefined): string {
  return pinned === undefined ? audit.modelRestored : audit.modelRestoredPinned(pinned, othersIn(pinned));
}
