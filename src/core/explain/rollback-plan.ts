import { DISK_ACTIONS } from '../actions/sequence.ts';
import type { InstanceDisks } from '../instance/disks.ts';
import { batchNames } from '../messages/instances.ts';
import { warnings as texts } from '../messages/warnings.ts';
import type { ChangeClass } from '../model/change-class.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Model } from '../model/model.ts';
import type { Pin } from '../model/pin.ts';
import type { PlannedBatch } from '../plan/batches.ts';
import { expectationFor } from '../plan/expected.ts';
import type { Expected, Planned } from '../plan/expected.ts';
import type { Plan } from '../plan/plan.ts';
import type { Warning } from '../plan/plan.ts';
import type { Command } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { rowsToRollBack } from '../record/rows-to-roll-back.ts';
import { isStarted } from '../record/off-rows.ts';
import { isOpen } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { nothingToRestore } from '../run/direction.ts';
import { objectionTo } from '../run/objections.ts';
import type { Objection } from '../run/objections.ts';
import { pinFor, restoringDelta } from '../undo/restoring-delta.ts';
import { disksToUndo } from '../undo/undone-disks.ts';
import { mayBeChanged, unrecoverable } from './undo-commands.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';

/** What a running rollout would do if it were rolled back now. */
export interface RollbackPlan {
  readonly kind: 'rollbackPlan';
  readonly delta: readonly PropertyChange[];
  /** What is attached again to single instances, and detached from them. */
  readonly dataDisks?: readonly InstanceDisks[];
  readonly class: ChangeClass;
  /** In the order in which they are rolled back. */
  readonly batches: readonly PlannedBatch[];
  readonly floor: number;
  /** Changed properties whose old value cannot be put back. */
  readonly unrecoverable: readonly Unrecoverable[];
  readonly expected: Expected;
  readonly warnings: readonly Warning[];
}

interface Kept {
  readonly plan: Plan;
  readonly snapshot: Model;
}

/** What the records hold of one rollout. */
export interface Rolled {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
  /** Absent while there is no plan, or none was made. */
  readonly kept: Kept | undefined;
  readonly rows: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

/** From the records alone, as the rollback itself will read them; or why there is nothing to roll back. */
export function planRollback(rolled: Rolled): RollbackPlan | Objection {
  const { record, commands, kept, rows, operations } = rolled;
  const objection = objectionTo({ command: 'rollback', by: '' }, record, commands);
  if (objection !== undefined) return objection;
  if (record.canRollBack === false) return { code: 'wrongPhase', message: nothingToRestore().message };
  if (kept === undefined) return nothingYet();
  const { plan } = kept;
  const isChanged = mayBeChanged({ record, operations });
  const delta = isChanged ? restoringDelta(plan.delta, rows, kept.snapshot) : [];
  const pin = isChanged ? pinFor(plan.delta, rows, kept.snapshot) : undefined;
  const everyone = isChanged && (record.policyHeld ?? plan.guards.policy) !== undefined;
  const pendingRows = rowsToRollBack(rows, {
    now: record.createdAt,
    everyone,
    isPinned: pin !== undefined,
    onlyDisks: plan.delta.length === 0,
  });
  const disks = disksToUndo(pendingRows, operations);
  const batches = batchesToRollBack(record, pendingRows);
  return {
    kind: 'rollbackPlan',
    delta,
    ...(disks.length > 0 && { dataDisks: disks }),
    class: plan.class,
    batches,
    floor: plan.floor,
    unrecoverable: isChanged ? unrecoverable({ delta: plan.delta, snapshot: kept.snapshot, rows }) : [],
    expected: expectedOf(rolled, kept, { batches, delta, disks: disks.length }),
    warnings: warningsOf(rolled, { pin, delta, everyone, batches }),
  };
}

function expectedOf(
  { record, rows }: Rolled,
  { plan, snapshot }: Kept,
  back: Pick<Planned, 'batches' | 'delta' | 'disks'>,
): Expected {
  const capacity = rows.length + plan.skipped.length;
  // A rollback goes batch by batch, however the rollout went forward.
  const strategy = { ...record.spec.strategy, pacing: 'barrier' as const };
  return expectationFor({
    ...back,
    class: plan.class,
    actions: back.delta.length === 0 && back.disks > 0 ? DISK_ACTIONS : plan.actions,
    model: snapshot,
    spec: { ...record.spec, soakSeconds: 0, strategy },
    capacity,
    slots: Math.max(1, capacity - plan.floor),
    guards: plan.guards,
  });
}

function nothingYet(): RollbackPlan {
  return {
    kind: 'rollbackPlan',
    delta: [],
    class: 'none',
    batches: [],
    floor: 0,
    unrecoverable: [],
    expected: { seconds: 0, armRequests: 0 },
    warnings: [{ code: 'nothingToDo', message: texts.nothingChangedYet }],
  };
}

/** The latest batch first. */
function batchesToRollBack(
  { batches }: RolloutRecord,
  pendingRows: readonly LedgerRow[],
): readonly PlannedBatch[] {
  const back = Map.groupBy(
    pendingRows.filter(({ direction, state }) => direction === 'rollback' && state === 'pending'),
    ({ batch }) => batch,
  );
  return [...back]
    .sort(([a], [b]) => b - a)
    .map(([index, rows]) => ({
      index,
      name: batches[index]?.name ?? batchNames.index(index),
      instances: rows.map(({ instanceId }) => instanceId),
    }));
}

interface Scope {
  readonly pin: Pin | undefined;
  readonly delta: readonly PropertyChange[];
  readonly everyone: boolean;
  readonly batches: readonly PlannedBatch[];
}

function warningsOf(
  { operations, rows }: Rolled,
  { pin, delta, everyone, batches }: Scope,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (delta.length === 0 && batches.length === 0)
    warnings.push({ code: 'nothingToDo', message: texts.nothingChangedYet });
  if (operations.some((operation) => isOpen(operation)))
    warnings.push({
      code: 'operationsRunning',
      message: texts.operationsRunning,
    });
  if (pin !== undefined) warnings.push(pinning(pin));
  const started = rows.filter((row) => isStarted(row)).map(({ instanceId }) => instanceId);
  if (started.length > 0)
    warnings.push({
      code: 'switchedOffAgain',
      message: texts.switchedOffAgain(started),
    });
  if (everyone)
    warnings.push({
      code: 'bringsEveryone',
      message: texts.bringsEveryone,
    });
  return warnings;
}

function pinning({ was, now, others }: Pin): Warning {
  const named = others.flatMap(({ image, instances }) => instances.map((id) => `${id} (${image})`));
  return {
    code: 'rollbackPinsVersion',
    message: texts.rollbackPins(was, now, named),
  };
}
