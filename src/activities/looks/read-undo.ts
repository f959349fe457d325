import { refused } from '../../core/messages/refused.ts';
import { refuse } from '../../core/messages/refusals.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { isStarted } from '../../core/record/off-rows.ts';
import { isEnded } from '../../core/record/phase.ts';
import { scaleSetKey } from '../../core/spec/spec.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { RolloutSpec } from '../../core/spec/spec.ts';
import type { Undo } from '../../core/undo/undo.ts';
import { disksToUndo } from '../../core/undo/undone-disks.ts';
import { unrecoverable } from '../../core/explain/undo-commands.ts';
import { pinFor, restoringDelta } from '../../core/undo/restoring-delta.ts';
import { readPlan } from '../../store/plans.ts';
import type { Store } from '../../store/port.ts';
import { readRecords } from '../../store/records.ts';
import { guardsStillHeld } from './guards-left.ts';

/** What a `rollbackOf` has to undo; `undefined` where the spec asks for none. */
export async function readUndo(
  { rollbackOf, scaleSet }: RolloutSpec,
  store: Store,
): Promise<{ readonly kind: 'undo'; readonly undo: Undo } | Refusal | undefined> {
  if (rollbackOf === undefined) return undefined;
  const records = await readRecords(store, rollbackOf);
  if (records === undefined || scaleSetKey(records.record.scaleSet) !== scaleSetKey(scaleSet)) {
    return refuse('rolloutNotFound', refused.noRollout(rollbackOf));
  }
  const { record, rows, operations } = records;
  if (!isEnded(record.phase)) {
    return refuse('rolloutNotEnded', refused.notEnded(rollbackOf), { rollout: rollbackOf });
  }
  const kept = await readPlan(store, rollbackOf);
  // fence V8: what is just being purged is not undone in part
  if (kept === undefined && record.planHash !== undefined) {
    return refuse('rolloutNotFound', refused.noRollout(rollbackOf));
  }
  // What it has already restored, or never written, is not undone again.
  const changed = record.modelState === 'after' && kept !== undefined ? kept.plan.delta : [];
  const snapshot = kept?.snapshot ?? {};
  const pin = changed.length === 0 ? undefined : pinFor(changed, rows, snapshot);
  return {
    kind: 'undo',
    undo: {
      rollout: rollbackOf,
      changed,
      guards: await guardsStillHeld(record, store),
      delta: changed.length === 0 ? [] : restoringDelta(changed, rows, snapshot),
      ...(changed.length > 0 && { beside: record.sideEffects ?? [] }),
      irreversible: unrecoverable({ delta: changed, snapshot, rows }).map(({ path }) => path),
      ...(record.leftHash !== undefined && { leftHash: record.leftHash }),
      ...(pin !== undefined && { pin }),
      instances: rows.filter(({ touched }) => touched).map(({ instanceId }) => instanceId),
      started: startedIn(rows),
      disks: disksToUndo(rows, operations),
    },
  };
}

/** Those that it started, and how they were off before. */
function startedIn(rows: readonly LedgerRow[]): NonNullable<Undo['started']> {
  return Object.fromEntries(rows.flatMap((row) => (isStarted(row) ? [[row.instanceId, row.found]] : [])));
}
