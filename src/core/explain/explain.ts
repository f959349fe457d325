import { explanation } from '../messages/explanation.ts';
import { left as remedies } from '../messages/failures.ts';
import type { AuditEvent } from '../record/events.ts';
import { isLeftOut, isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Operation } from '../record/operation.ts';
import { isEnded } from '../record/phase.ts';
import { batchName } from '../record/progress.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { quarantinedIn } from '../run/left.ts';
import { nextOf } from '../run/next.ts';
import { waitOf } from '../run/recovery.ts';
import { phaseShown, standingOf } from '../run/standing.ts';
import { possibleNow } from './possible.ts';
import type { Rolled } from './rollback-plan.ts';
import { undoCommands } from './undo-commands.ts';
import type { UndoCommands } from './undo-commands.ts';

export interface Explained extends Rolled {
  readonly events: readonly AuditEvent[];
}

/** All that somebody needs to know who was woken by this rollout. */
export function explain(explained: Explained) {
  const { record, commands, rows, operations, events, kept } = explained;
  const hasEnded = isEnded(record.phase);
  return {
    id: record.id,
    scaleSet: record.scaleSet,
    phase: phaseShown(record, standingOf(record, commands)),
    standing: standingIn(explained),
    waits: hasEnded ? null : (waitOf(record) ?? null),
    next: nextOf(explained),
    possible: possible(explained),
    done: { model: record.modelState, operations: operations.map((one) => operationShown(one)), events },
    left: {
      ...record.left,
      model: record.left?.model ?? modelLeft(record),
      instances: whereTheyAre(rows),
      ...quarantinedIn(record, rows),
    },
    failure: record.failure ?? null,
    failures: failuresIn(rows),
    undo: undoOf(explained, kept),
  };
}

function standingIn({ record, commands }: Explained): string {
  const { counts, batch, endedAt, phase } = record;
  const upgraded = counts === undefined ? '' : explanation.upgraded(counts.upgraded, counts.total);
  if (isEnded(phase)) return `${explanation.ended(phase, endedAt)}${upgraded}`;
  const shownPhase = phaseShown(record, standingOf(record, commands));
  return `${explanation.at(shownPhase, batch === undefined ? undefined : batchName(record, batch))}${upgraded}`;
}

/** What may be asked of the rollout now, as command lines. */
function possible(explained: Explained): readonly string[] {
  const { record } = explained;
  if (!isEnded(record.phase)) return possibleNow(explained);
  const { commands: undo } = undoOf(explained, explained.kept);
  const isHeld = (record.left?.heldGuards ?? []).length > 0;
  return [
    ...(undo.length === 0 ? [] : [`${remedies.undo(record.id)} --wait`]),
    ...(isHeld ? [`${remedies.restore(record.spec.restoreGuardsOf ?? record.id)} --wait`] : []),
  ];
}

/** An operation and its outcome; its URL is signed and stays where it is. */
function operationShown(operation: Operation) {
  const { pollUrl: _url, pollNotBefore: _not, polledAt: _at, acceptedSeconds: _seconds, ...rest } = operation;
  return rest;
}

/** Every failure with what the instance showed then, also of instances that are well again by now. */
function failuresIn(rows: readonly LedgerRow[]) {
  return rows.flatMap(({ instanceId, name, batch, failure, earlierFailures = [] }) =>
    [...earlierFailures, ...(failure === undefined ? [] : [failure])].map((one) => ({
      instanceId,
      name,
      batch,
      ...one,
    })),
  );
}

function modelLeft({ modelState }: RolloutRecord): 'before' | 'after' {
  return modelState === 'after' ? 'after' : 'before';
}

function whereTheyAre(rows: readonly LedgerRow[]): Readonly<Record<string, readonly string[]>> {
  const named = Map.groupBy(rows, whereItIs);
  return Object.fromEntries(
    [...named].map(([name, found]) => [name, found.map(({ instanceId }) => instanceId)]),
  );
}

function whereItIs(row: LedgerRow): string {
  if (row.ended !== undefined) return row.ended;
  if (isUnderWay(row)) return 'underWay';
  if (row.state === 'failed' || isLeftOut(row)) return row.state;
  if (!row.touched) return 'before';
  if (row.state === 'pending') return 'toRollBack';
  if (row.direction === 'stop') return 'unknown';
  return row.direction === 'rollback' ? 'rolledBack' : 'after';
}

const NOTHING: UndoCommands = { commands: [], guards: [], unrecoverable: [] };

function undoOf({ record, rows, operations }: Explained, kept: Explained['kept']): UndoCommands {
  if (kept === undefined) return NOTHING;
  return undoCommands({ record, delta: kept.plan.delta, snapshot: kept.snapshot, rows, operations });
}
