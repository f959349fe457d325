import type { Decision } from '../replay/decisions.ts';
import type { Execution, InterpreterSettings } from '../replay/execution.ts';
import type { Ending } from '../replay/ending.ts';
import { interpret, type Interpretation } from '../replay/interpreter.ts';
import { completion, asPlayed, createdEvent } from './created.ts';
import { customStatusOf, type WorkerAnswer } from '../wire/answer.ts';
import { EventType, stamp } from '../wire/event.ts';
import type { ExecutionStarted, HistoryEvent } from '../wire/history.ts';
import type { RuntimeStatus } from '../wire/runtime-status.ts';

/** An execution and the events it is woken with. */
export interface OpenTurn {
  readonly started: ExecutionStarted;
  /** Events of committed turns. */
  readonly past: readonly HistoryEvent[];
  /** OrchestratorStarted and the new events; after continue-as-new the frame of the new generation. */
  readonly fresh: readonly HistoryEvent[];
}

export interface TurnResult {
  /** The whole history as the next turn sees it, unless the execution continues as new. */
  readonly history: readonly HistoryEvent[];
  readonly created: readonly HistoryEvent[];
  readonly decisions: readonly Decision[];
  readonly ending: Ending | undefined;
  readonly status: RuntimeStatus;
  readonly isSuspended: boolean;
  readonly output: string | null;
  readonly customStatus: string | null;
}

/** Frames a batch of events as a turn; undefined when the history has no start yet. */
export function openTurn(
  past: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
  now: number,
): OpenTurn | undefined {
  const isStart = (event: HistoryEvent): event is ExecutionStarted =>
    event.EventType === EventType.ExecutionStarted;
  const started = past.find(isStart) ?? events.find(isStart);
  if (started === undefined) return undefined;
  const inOrder = [...events.filter(isStart), ...events.filter((event) => !isStart(event))];
  return { started, past, fresh: [stamp('OrchestratorStarted', now), ...inOrder] };
}

/** The first turn of the generation after continue-as-new: its frame is already closed (golden 1.11). */
export function continueTurn(
  turn: OpenTurn,
  ending: Ending & { kind: 'continuedAsNew' },
  at: {
    readonly now: number;
    readonly executionId: string;
  },
): OpenTurn {
  const started: ExecutionStarted = {
    ...turn.started,
    ...stamp('ExecutionStarted', at.now),
    OrchestrationInstance: { ...turn.started.OrchestrationInstance, ExecutionId: at.executionId },
    Input: ending.input,
    Generation: null,
  };
  const frame = [stamp('OrchestratorStarted', at.now), started, ...ending.carried];
  return { started, past: [], fresh: [...frame, stamp('OrchestratorCompleted', at.now)] };
}

export function executionOf(started: ExecutionStarted): Execution {
  return {
    instanceId: started.OrchestrationInstance.InstanceId,
    executionId: started.OrchestrationInstance.ExecutionId,
    name: started.Name,
    parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
  };
}

/**
 * Pure: what a turn adds to the history and asks for, given what the worker answered. A new generation's frame is
 * closed already, and is closed again only after further events (recordings `can` and `canEventsEarly`).
 */
export function closeTurn(
  turn: OpenTurn,
  answer: WorkerAnswer,
  now: number,
  settings: InterpreterSettings,
): TurnResult {
  const seen = turn.past.concat(turn.fresh);
  const interpretation = interpret(executionOf(turn.started), seen, answer, settings);
  const { ending, decisions } = interpretation;
  const created = [
    ...decisions.map((decision) => createdEvent(decision, { now, schema: settings.schema })),
    ...completion(interpretation, now),
  ];
  const isFramed = turn.fresh.at(-1)?.EventType === EventType.OrchestratorCompleted;
  const closing = isFramed && created.length === 0 ? [] : [stamp('OrchestratorCompleted', now)];
  const reason = latestReason(seen);
  return {
    history: turn.past.concat(turn.fresh.map(asPlayed), created, closing),
    created,
    decisions,
    ending,
    status: statusAfter(interpretation),
    isSuspended: interpretation.suspended,
    output: ending?.kind === 'completed' ? outputOf(ending) : reason,
    customStatus: answer.kind === 'state' ? customStatusOf(answer.state) : null,
  };
}

/** Of a structured failure the instance shows its type and message only (recording `propThrow`). */
function outputOf({ failure, result }: Ending & { kind: 'completed' }): string | null {
  return failure === null ? result : `${failure.ErrorType}: ${failure.ErrorMessage}`;
}

function latestReason(history: readonly HistoryEvent[]): string | null {
  const last = history.findLast(
    (event) =>
      event.EventType === EventType.ExecutionSuspended || event.EventType === EventType.ExecutionResumed,
  );
  return last?.EventType === EventType.ExecutionSuspended || last?.EventType === EventType.ExecutionResumed
    ? last.Reason
    : null;
}

function statusAfter(interpretation: Interpretation): RuntimeStatus {
  if (interpretation.ending?.kind === 'completed') return interpretation.ending.status;
  return interpretation.suspended ? 'Suspended' : 'Running';
}
