import type { Ending } from '../durable/replay/ending.ts';
import { stamp } from '../durable/wire/event.ts';
import type { ExecutionStarted, HistoryEvent } from '../durable/wire/history.ts';
import type { NewMessage } from '../ports.ts';

type Completed = Ending & { readonly kind: 'completed' };

/** How a child that is over tells its parent; nothing where it has none. */
export function toParent(started: ExecutionStarted, ending: Completed, now: number): readonly NewMessage[] {
  const parent = started.ParentInstance;
  if (parent === null) return [];
  const { InstanceId: to, ExecutionId: executionId } = parent.OrchestrationInstance;
  return [{ to, executionId, dueAt: now, event: childEvent(parent.TaskScheduleId, ending, now) }];
}

function childEvent(id: number, ending: Completed, now: number): HistoryEvent {
  if (ending.status === 'Completed') {
    return {
      ...stamp('SubOrchestrationInstanceCompleted', now),
      TaskScheduledId: id,
      Result: ending.result,
    };
  }
  return {
    ...stamp('SubOrchestrationInstanceFailed', now),
    TaskScheduledId: id,
    Reason: ending.result ?? '',
    Details: ending.error === null ? null : `Message: ${ending.error}, StackTrace: `,
    FailureDetails: ending.failure,
  };
}
