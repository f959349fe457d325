import type { Decision } from '../replay/decisions.ts';
import type { Interpretation } from '../replay/interpreter.ts';
import type { Schema } from '../wire/failure.ts';
import { namedGuid } from '../wire/guid.ts';
import { stamp, EventType } from '../wire/event.ts';
import type { HistoryEvent } from '../wire/history.ts';

/** The fields that the generations do not share are those of golden-3.19, item 6. */
export function createdEvent(
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

export function completion({ ending, nextId }: Interpretation, now: number): readonly HistoryEvent[] {
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
export function asPlayed(event: HistoryEvent): HistoryEvent {
  return NEVER_PLAYED.has(event.EventType) ? event : { ...event, IsPlayed: true };
}
