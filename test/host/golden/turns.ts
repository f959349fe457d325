import { answerFromError, answerFromState } from '../../../local/host/durable/answer.ts';
import { EventType, type HistoryEvent } from '../../../local/host/durable/history.ts';
import type { KnownFunctions } from '../../../local/host/durable/execution.ts';
import type { WorkerAnswer } from '../../../local/host/durable/interpreter.ts';
import { closeTurn, type OpenTurn, type TurnResult } from '../../../local/host/durable/turn.ts';
import type { Verdict } from './compare.ts';
import { goldenApp } from './golden-app.ts';
import { isShortened, isWhole, type HistoryRow, type Recorded, type RecordedTurn } from './recordings.ts';
import { comparable, matchesRecorded } from './same.ts';

/** Second way: past history, new events and the worker's state give what the next recorded turn shows. */
export function compareTurns(recording: readonly Recorded[], rows: readonly HistoryRow[]): Verdict {
  const turns = recording.filter((entry) => entry.kind === 'orchestrationTrigger');
  const functions = knownIn(turns);
  let compared = 0;
  const differences = turns.flatMap((turn, index) => {
    if (!isWhole(turn) || isShortened(turn)) return [];
    const next = turns.slice(index + 1).find((later) => later.instanceId === turn.instanceId);
    const result = replay(turn, functions);
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

function replay(turn: RecordedTurn, functions: KnownFunctions): TurnResult {
  const { history } = turn.trigger;
  const lastStart = history.findLastIndex((event) => event.EventType === EventType.OrchestratorStarted);
  const started = history.find((event) => event.EventType === EventType.ExecutionStarted);
  if (started?.EventType !== EventType.ExecutionStarted) throw new Error('a trigger without a start');
  const opened: OpenTurn = { started, past: history.slice(0, lastStart), fresh: history.slice(lastStart) };
  const limits = {
    longestMs: spanMs(turn.trigger.maximumShortTimerDuration),
    pieceMs: spanMs(turn.trigger.longRunningTimerIntervalDuration),
  };
  return closeTurn(opened, recordedAnswer(turn), 0, { functions, timerLimits: limits, schema: 3 });
}

function recordedAnswer(turn: RecordedTurn): WorkerAnswer {
  if (turn.ok && turn.ret !== undefined) return answerFromState(turn.ret.json);
  if (turn.outOfProcState !== undefined) return answerFromState(turn.outOfProcState);
  return answerFromError(turn.message ?? '');
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
    ...difference(
      `${where}: events`,
      played.slice(known, nextStart).map(shape),
      result.history.slice(known).map(shape),
    ),
    ...difference(
      `${where}: played`,
      played.slice(0, known).map(isPlayed),
      result.history.slice(0, known).map(isPlayed),
    ),
    ...difference(`${where}: goes on`, undefined, result.ending),
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
    ...difference(`${where}: new input`, input, result.ending.input),
    ...difference(
      `${where}: frame`,
      history.map((event) => event.EventType),
      [
        EventType.OrchestratorStarted,
        EventType.ExecutionStarted,
        ...result.ending.carried.map((event) => event.EventType),
        EventType.OrchestratorCompleted,
      ],
    ),
  ];
}

/** The last turn is only seen in the history table. */
function compareEnd(where: string, result: TurnResult, rows: readonly HistoryRow[]): readonly string[] {
  const types = rows.flatMap((row) => row.EventType ?? []);
  const names = new Map(Object.entries(EventType).map(([name, type]) => [type as number, name]));
  const completed = rows.find((row) => row.EventType === 'ExecutionCompleted');
  const ending = result.ending?.kind === 'completed' ? result.ending : undefined;
  return [
    ...difference(
      `${where}: rows`,
      types,
      result.history.map((event) => names.get(event.EventType)),
    ),
    ...difference(`${where}: status`, completed?.OrchestrationStatus, ending?.status),
    ...difference(
      `${where}: result`,
      comparable(completed?.Result ?? null),
      comparable(ending?.result ?? null),
    ),
    ...difference(
      `${where}: completion id`,
      completed?.EventId,
      result.created.find((event) => event.EventType === EventType.ExecutionCompleted)?.EventId,
    ),
  ];
}

function ownRows(rows: readonly HistoryRow[], turn: RecordedTurn): readonly HistoryRow[] {
  const isOwn = (row: HistoryRow) =>
    row.partitionKey === turn.instanceId && row.ExecutionId === executionId(turn);
  return rows.filter((row) => isOwn(row) && row.rowKey !== 'sentinel');
}

/** Types, ids, names and targets; never times. */
function shape(event: HistoryEvent): unknown {
  const { EventType: type, EventId: id } = event;
  if (!('Name' in event)) return [type, id];
  return 'InstanceId' in event ? [type, id, event.Name, event.InstanceId] : [type, id, event.Name];
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

function difference(what: string, recorded: unknown, actual: unknown): readonly string[] {
  if (matchesRecorded(recorded, actual)) return [];
  return [`${what}: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(actual)}`];
}
