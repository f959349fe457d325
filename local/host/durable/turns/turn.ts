import { customStatusOf } from '../wire/answer.ts';
import type { Decision } from '../replay/decisions.ts';
import { namedGuid } from '../wire/guid.ts';
import {
  EventType,
  stamp,
  type ExecutionStarted,
  type HistoryEvent,
  type InstanceRef,
  type RuntimeStatus,
  type TimerFired,
} from '../wire/history.ts';
import type { Execution, InterpreterSettings } from '../replay/execution.ts';
import type { Schema } from '../wire/failure.ts';
import type { WorkerAnswer } from '../wire/answer.ts';
import { interpret, type Ending, type Interpretation } from '../replay/interpreter.ts';

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

/** The message a timer decision sends to its own instance; stamped when it was created (golden 1.5). */
export function timerFired(decision: Decision & { kind: 'timer' }, now: number): TimerFired {
  return {
    ...stamp('TimerFired', now),
    TimerId: decision.id,
    FireAt: new Date(decision.fireAt).toISOString(),
  };
}

/** The message that starts a sub-orchestration. */
export function childStarted(
  decision: Decision & { kind: 'child' },
  parent: ExecutionStarted,
  at: { readonly now: number; readonly executionId: string; readonly schema: Schema },
): ExecutionStarted {
  return executionStarted({
    name: decision.name,
    instance: { InstanceId: decision.instanceId, ExecutionId: at.executionId },
    input: decision.input,
    now: at.now,
    schema: at.schema,
    version: decision.version,
    parent: {
      Name: parent.Name,
      OrchestrationInstance: parent.OrchestrationInstance,
      TaskScheduleId: decision.id,
      Version: parent.Version,
    },
  });
}

export function executionStarted(start: {
  readonly name: string;
  readonly instance: InstanceRef;
  /** JSON text. */
  readonly input: string | null;
  readonly now: number;
  readonly parent: ExecutionStarted['ParentInstance'];
  /** How many executions under this id it replaces; default 0. */
  readonly generation?: number;
  readonly schema: Schema;
  /** Default none; up to 2.13.7 there is none. */
  readonly version?: string | null;
}): ExecutionStarted {
  return {
    OrchestrationInstance: start.instance,
    ...stamp('ExecutionStarted', start.now),
    ParentInstance: start.parent,
    Name: start.name,
    Version: start.schema === 4 ? (start.version ?? null) : '',
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: start.parent === null ? (start.generation ?? 0) : null,
    ...(start.schema === 4 ? { GenerateNewTrace: false } : {}),
  };
}

/** The fields that the generations do not share are those of golden-3.19, item 6. */
function createdEvent(
  decision: Decision,
  { now, schema }: { readonly now: number; readonly schema: Schema },
): HistoryEvent {
  const tags = schema === 4 ? { Tags: null } : {};
  switch (decision.kind) {
    case 'activity':
      return {
        ...stamp('TaskScheduled', now, decision.id),
        Name: decision.name,
        Version: '',
        Input: null,
        ParentTraceContext: null,
        ...tags,
      };
    case 'timer':
      return { ...stamp('TimerCreated', now, decision.id), FireAt: new Date(decision.fireAt).toISOString() };
    case 'send':
      return {
        ...stamp('EventSent', now, decision.id),
        InstanceId: decision.to,
        Name: decision.name,
        Input: decision.input,
      };
    case 'child':
      break;
  }
  return {
    ...stamp('SubOrchestrationInstanceCreated', now, decision.id),
    Name: decision.name,
    Version: schema === 4 ? decision.version : '',
    InstanceId: decision.instanceId,
    Input: null,
    ClientSpanId: schema === 4 ? null : namedGuid(decision.instanceId).slice(-12).padStart(16, '0'),
    ...tags,
  };
}

function completion({ ending, nextId }: Interpretation, now: number): readonly HistoryEvent[] {
  if (ending?.kind !== 'completed') return [];
  return [
    {
      ...stamp('ExecutionCompleted', now, nextId),
      OrchestrationStatus: ending.status,
      Result: ending.result,
      FailureDetails: ending.failure,
    },
  ];
}

const NEVER_PLAYED: ReadonlySet<number> = new Set([
  EventType.OrchestratorStarted,
  EventType.TaskScheduled,
  EventType.SubOrchestrationInstanceCreated,
  EventType.TimerCreated,
  EventType.EventSent,
]);

/** Start and message events are new in one turn only; the host's own records never count as played (golden 3.1). */
function asPlayed(event: HistoryEvent): HistoryEvent {
  return NEVER_PLAYED.has(event.EventType) ? event : { ...event, IsPlayed: true };
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
