import { answerFromError, answerFromState } from '../../../local/host/durable/wire/answer.ts';
import { EventType } from '../../../local/host/durable/wire/event.ts';
import type { HistoryEvent } from '../../../local/host/durable/wire/history.ts';
import type { Schema } from '../../../local/host/durable/wire/failure.ts';
import type { KnownFunctions } from '../../../local/host/durable/replay/execution.ts';
import type { WorkerAnswer } from '../../../local/host/durable/wire/answer.ts';
import { closeTurn, type OpenTurn, type TurnResult } from '../../../local/host/durable/turns/turn.ts';
import type { Verdict } from './compare.ts';
import { goldenApp } from './golden-app.ts';
import { isShortened, isWhole, type HistoryRow, type RecordedTurn, type Recordings } from './recordings.ts';
import { comparable, differencesFrom } from './same.ts';

/** Second way: past history, new events and the worker's state give what the next recorded turn shows. */
export function compareTurns(recordings: Recordings, name: string): Verdict {
  const rows = recordings.rowsOf(name);
  const turns = recordings.turnsOf(name).filter((entry) => entry.kind === 'orchestrationTrigger');
  const app = { functions: knownIn(turns), schema: recordings.schema, defaultVersion: null };
  let compared = 0;
  const differences = turns.flatMap((turn, index) => {
    if (!isWhole(turn) || isShortened(turn)) return [];
    const next = turns.slice(index + 1).find((later) => later.instanceId === turn.instanceId);
    const result = replay(turn, app);
    compared += 1;
    const where = `${turn.instanceId} turn ${index + 1}`;
    if (result.ending?.kind === 'continuedAsNew') return compareContinuation(where, result, next);
    if (next === undefined) {
      const own = ownRows(rows, turn);
      return own.length === 0 ? [] : compareEnd(where, result, own);
    }
    // A later execution under the same id has overwritten the rows of this one.
    if (executionId(next) !== executionId(turn)) return [];
    // A rewind rewrote the history in between.
    if (result.ending !== undefined && next.trigger.history.some(isGeneric)) return [];
    return isWhole(next) ? compareNext(where, turn, { result, next }) : [];
  });
  return { compared, differences };
}

/** The app's functions, and what the real host accepted of an app that is not here. */
function knownIn(turns: readonly RecordedTurn[]): KnownFunctions {
  const { known } = goldenApp();
  const scheduled = turns
    .flatMap(({ trigger }) => trigger.history)
    .flatMap((event) => (event.EventType === EventType.TaskScheduled ? [event.Name.toLowerCase()] : []));
  return { ...known, activities: new Set([...known.activities, ...scheduled]) };
}

const isGeneric = (event: HistoryEvent): boolean => event.EventType === EventType.GenericEvent;

interface RecordedApp {
  readonly functions: KnownFunctions;
  readonly schema: Schema;
  readonly defaultVersion: null;
}

function replay(turn: RecordedTurn, app: RecordedApp): TurnResult {
  const { history } = turn.trigger;
  const lastStart = history.findLastIndex((event) => event.EventType === EventType.OrchestratorStarted);
  const started = history.find((event) => event.EventType === EventType.ExecutionStarted);
  if (started?.EventType !== EventType.ExecutionStarted) throw new Error('a trigger without a start');
  const opened: OpenTurn = { started, past: history.slice(0, lastStart), fresh: history.slice(lastStart) };
  const limits = {
    longestMs: spanMs(turn.trigger.maximumShortTimerDuration),
    pieceMs: spanMs(turn.trigger.longRunningTimerIntervalDuration),
  };
  return closeTurn(opened, recordedAnswer(turn, app.schema), 0, { ...app, timerLimits: limits });
}

function recordedAnswer(turn: RecordedTurn, schema: Schema): WorkerAnswer {
  if (turn.ok && turn.ret !== undefined) return answerFromState(turn.ret.json);
  const state = turn.outOfProcState;
  // The message itself may be shortened; it is always made like this.
  const message =
    state === undefined ? (turn.message ?? '') : `false\n\n$OutOfProcData$:${JSON.stringify(state)}`;
  return answerFromError({ message, stack: '' }, schema);
}

function compareNext(
  where: string,
  turn: RecordedTurn,
  { result, next }: { readonly result: TurnResult; readonly next: RecordedTurn },
): readonly string[] {
  const played = next.trigger.history;
  const nextStart = played.findLastIndex((event) => event.EventType === EventType.OrchestratorStarted);
  const known = turn.trigger.history.length;
  return [
    ...differencesFrom(
      played.slice(known, nextStart).map(eventShape),
      result.history.slice(known).map(eventShape),
      `${where}: events`,
    ),
    ...differencesFrom(
      played.slice(0, known).map(isPlayed),
      result.history.slice(0, known).map(isPlayed),
      `${where}: played`,
    ),
    ...differencesFrom(undefined, result.ending, `${where}: goes on`),
  ];
}

function compareContinuation(
  where: string,
  result: TurnResult,
  next: RecordedTurn | undefined,
): readonly string[] {
  if (result.ending?.kind !== 'continuedAsNew') return [];
  if (next === undefined) return [`${where}: continues as new, but nothing more is recorded`];
  const { history } = next.trigger;
  const started = history.find((event) => event.EventType === EventType.ExecutionStarted);
  const input = started?.EventType === EventType.ExecutionStarted ? started.Input : undefined;
  return [
    ...differencesFrom(input, result.ending.input, `${where}: new input`),
    ...differencesFrom(
      history.map((event) => event.EventType),
      [
        EventType.OrchestratorStarted,
        EventType.ExecutionStarted,
        ...result.ending.carried.map((event) => event.EventType),
        EventType.OrchestratorCompleted,
      ],
      `${where}: frame`,
    ),
  ];
}

/** The last turn is only seen in the history table. */
function compareEnd(where: string, result: TurnResult, rows: readonly HistoryRow[]): readonly string[] {
  const names = new Map(Object.entries(EventType).map(([name, type]) => [type as number, name]));
  const completed = rows.find((row) => row.EventType === 'ExecutionCompleted');
  const ending = result.ending?.kind === 'completed' ? result.ending : undefined;
  const completion = result.created.find((event) => event.EventType === EventType.ExecutionCompleted);
  return differencesFrom(
    {
      rows: rows.flatMap((row) => row.EventType ?? []),
      status: completed?.OrchestrationStatus,
      result: comparable(completed?.Result ?? null),
      completionId: completed?.EventId,
    },
    {
      rows: result.history.map((event) => names.get(event.EventType)),
      status: ending?.status,
      result: comparable(ending?.result ?? null),
      completionId: completion?.EventId,
    },
    where,
  );
}

function ownRows(rows: readonly HistoryRow[], turn: RecordedTurn): readonly HistoryRow[] {
  const isOwn = (row: HistoryRow) =>
    row.partitionKey === turn.instanceId && row.ExecutionId === executionId(turn);
  return rows.filter((row) => isOwn(row) && row.rowKey !== 'sentinel');
}

/** All of an event but times, GUIDs and whether it was played; what is said to an entity as an object. */
export function eventShape(event: HistoryEvent): unknown {
  const { Timestamp: _at, IsPlayed: _played, ...rest } = event;
  if (event.EventType !== EventType.EventSent) return comparable(rest);
  return comparable({ ...rest, Input: JSON.parse(event.Input ?? 'null') as unknown });
}

function isPlayed(event: HistoryEvent): string {
  return `${event.EventType}${event.IsPlayed ? 'p' : ''}`;
}

function executionId(turn: RecordedTurn): string | undefined {
  const started = turn.trigger.history.find((event) => event.EventType === EventType.ExecutionStarted);
  return started?.EventType === EventType.ExecutionStarted
    ? started.OrchestrationInstance.ExecutionId
    : undefined;
}

function spanMs(text: string): number {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)/.exec(text) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
