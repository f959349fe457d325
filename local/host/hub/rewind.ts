import { EventType, stamp } from '../durable/wire/event.ts';
import type { ChildCreated, GenericEvent, HistoryEvent } from '../durable/wire/history.ts';
import type { Commit, HistoryChange, InstanceRecord, NewMessage, Store } from '../ports.ts';

interface Rewinding {
  readonly instances: InstanceRecord[];
  readonly history: HistoryChange[];
  readonly send: NewMessage[];
}

/**
 * Undoes the failures of a failed instance and of its failed sub-orchestrations: their events become GenericEvents and
 * only the deepest instances are woken (golden 1.20).
 */
export function rewindCommit(
  store: Store,
  record: InstanceRecord,
  at: { readonly reason: string | null; readonly now: number },
): Commit {
  const commit: Rewinding = { instances: [], history: [], send: [] };
  rewindInto(commit, store, record, at);
  return commit;
}

function rewindInto(
  commit: Rewinding,
  store: Store,
  record: InstanceRecord,
  at: { readonly reason: string | null; readonly now: number },
): void {
  const { instanceId } = record;
  const history = store.history(instanceId);
  const failedTasks = new Set(
    history.flatMap((event) => (event.EventType === EventType.TaskFailed ? [event.TaskScheduledId] : [])),
  );
  const failedChildren = history
    .flatMap((event) =>
      event.EventType === EventType.SubOrchestrationInstanceFailed ? [event.TaskScheduledId] : [],
    )
    .flatMap(
      (id) =>
        history.find(
          (event): event is ChildCreated =>
            event.EventType === EventType.SubOrchestrationInstanceCreated && event.EventId === id,
        ) ?? [],
    )
    .flatMap((created) => store.instance(created.InstanceId) ?? [])
    .filter((child) => child.status === 'Failed');

  const isUndone = (event: HistoryEvent): boolean =>
    event.EventType === EventType.ExecutionCompleted ||
    event.EventType === EventType.TaskFailed ||
    event.EventType === EventType.SubOrchestrationInstanceFailed ||
    (event.EventType === EventType.TaskScheduled && failedTasks.has(event.EventId));
  const events = history.map((event) => (isUndone(event) ? generic(event) : event));

  commit.instances.push({ ...record, status: 'Running', output: null, updatedAt: at.now });
  commit.history.push({ instanceId, keep: 0, events });
  if (failedChildren.length === 0) {
    const wakeUp: GenericEvent = { ...stamp('GenericEvent', at.now), Data: at.reason };
    commit.send.push({ to: instanceId, executionId: null, dueAt: at.now, event: wakeUp });
  }
  for (const child of failedChildren) rewindInto(commit, store, child, at);
}

function generic(event: HistoryEvent): GenericEvent {
  return {
    EventType: EventType.GenericEvent,
    EventId: event.EventId,
    IsPlayed: event.IsPlayed,
    Timestamp: event.Timestamp,
    Data: null,
  };
}
