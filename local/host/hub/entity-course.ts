import { EventType, stamp } from '../durable/wire/event.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { Commit, InstanceRecord } from '../ports.ts';

/** What a client asked of the instance that an entity is, as of any other one (measured on 3.19.0). */
export interface EntityCourse {
  readonly status: 'Running' | 'Suspended' | 'Terminated';
  /** The reason that was given last. */
  readonly output: string | null;
}

export function courseAfter(
  record: InstanceRecord | undefined,
  events: readonly HistoryEvent[],
): EntityCourse {
  const before: EntityCourse = {
    status: record?.status === 'Suspended' ? 'Suspended' : 'Running',
    output: record?.output ?? null,
  };
  return events.reduce((course, event): EntityCourse => {
    if (course.status === 'Terminated') return course;
    if (event.EventType === EventType.ExecutionTerminated)
      return { status: 'Terminated', output: event.Input };
    if (event.EventType === EventType.ExecutionSuspended)
      return { status: 'Suspended', output: event.Reason };
    if (event.EventType === EventType.ExecutionResumed) return { status: 'Running', output: event.Reason };
    return course;
  }, before);
}

/** An entity that is terminated keeps its state, and runs no operation any more. */
export function terminatedEntity(
  record: InstanceRecord,
  { output }: EntityCourse,
  at: { readonly now: number; readonly keep: number },
): Pick<Commit, 'instances' | 'history'> {
  const { now, keep } = at;
  const { instanceId } = record;
  const events: HistoryEvent[] = [
    stamp('OrchestratorStarted', now),
    { ...stamp('ExecutionTerminated', now), Input: output },
    {
      ...stamp('ExecutionCompleted', now, 0),
      OrchestrationStatus: 'Terminated',
      Result: output,
      FailureDetails: null,
    },
    stamp('OrchestratorCompleted', now),
  ];
  return {
    instances: [{ ...record, status: 'Terminated', output, updatedAt: now }],
    history: [{ instanceId, keep, events }],
  };
}
