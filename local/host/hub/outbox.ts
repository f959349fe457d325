import type { Played } from './play.ts';
import { stamp } from '../durable/wire/event.ts';
import type { ExecutionStarted, HistoryEvent } from '../durable/wire/history.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { Ending } from '../durable/replay/ending.ts';
import { childStarted, timerFired } from '../durable/turns/messages.ts';
import { arrivalOf } from '../durable/replay/timers.ts';
import type { Commit, Ids, InstanceRecord, NewActivity, NewMessage, Store } from '../ports.ts';

interface Outgoing extends Played {
  readonly record: InstanceRecord;
  readonly consume: readonly number[];
  readonly store: Store;
  readonly ids: Ids;
  readonly now: number;
  readonly exactTimers: boolean;
  readonly schema: Schema;
}

/** Everything a finished turn changes, as one transaction. */
export function commitOf(outgoing: Outgoing): Commit {
  const { turn, result, record, consume, store, now } = outgoing;
  const { started } = turn;
  const { InstanceId: instanceId, ExecutionId: executionId } = started.OrchestrationInstance;
  const isOver = result.ending?.kind === 'completed';
  const isContinued = outgoing.overExecutions.length > 0;
  const isFirst = record.status === 'Pending';

  const send: NewMessage[] = [];
  const schedule: NewActivity[] = [];
  const instances: InstanceRecord[] = [
    {
      instanceId,
      name: started.Name,
      ...familyOf(started),
      executionId,
      status: result.status,
      // The row is merged, so an input that is left out leaves the one before (recording `canKind_undef`).
      input: started.Input ?? record.input,
      output: result.output,
      customStatus: result.customStatus,
      createdAt: isContinued || isFirst ? Date.parse(started.Timestamp) : record.createdAt,
      updatedAt: now,
    },
  ];
  for (const decision of [...outgoing.sentBefore, ...result.decisions]) {
    switch (decision.kind) {
      case 'activity':
        schedule.push({
          instanceId,
          executionId,
          taskId: decision.id,
          name: decision.name,
          input: decision.input,
        });
        break;
      case 'timer': {
        const event = timerFired(decision, now);
        if (!isOver)
          send.push({
            to: instanceId,
            executionId,
            dueAt: arrivalOf(decision.fireAt, now, outgoing.exactTimers),
            event,
          });
        break;
      }
      case 'send': {
        const { to, name, input } = decision;
        const event: HistoryEvent = {
          ...stamp('EventRaised', now),
          Name: name,
          Input: input,
          ParentTraceContext: null,
        };
        send.push({ to, executionId: null, dueAt: now, event });
        break;
      }
      case 'child': {
        const event = childStarted(decision, started, {
          now,
          executionId: outgoing.ids.next(),
          schema: outgoing.schema,
        });
        send.push({ to: decision.instanceId, executionId: null, dueAt: now, event });
        const present = store.instance(decision.instanceId);
        const isTaken = present !== undefined && !isTerminal(present.status);
        if (!isTaken) instances.push(pendingRecord(event, now));
        break;
      }
    }
  }
  if (result.ending?.kind === 'completed') send.push(...toParent(started, result.ending, now));

  const keep = isContinued || isFirst ? 0 : turn.past.length;
  return {
    consume,
    instances,
    history: [{ instanceId, keep, events: result.history.slice(keep) }],
    send,
    schedule,
    retire: isOver ? [...outgoing.overExecutions, executionId] : outgoing.overExecutions,
  };
}

/** The row an instance has from its start message until its first turn. */
export function pendingRecord(started: ExecutionStarted, now: number): InstanceRecord {
  return {
    instanceId: started.OrchestrationInstance.InstanceId,
    name: started.Name,
    ...familyOf(started),
    executionId: started.OrchestrationInstance.ExecutionId,
    status: 'Pending',
    input: started.Input,
    output: null,
    customStatus: null,
    createdAt: now,
    updatedAt: now,
  };
}

function familyOf(started: ExecutionStarted): Pick<InstanceRecord, 'parentInstanceId' | 'version'> {
  return {
    parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
    version: started.Version === '' ? null : started.Version,
  };
}

function toParent(
  started: ExecutionStarted,
  ending: Ending & { kind: 'completed' },
  now: number,
): readonly NewMessage[] {
  const parent = started.ParentInstance;
  if (parent === null) return [];
  const { InstanceId: to, ExecutionId: executionId } = parent.OrchestrationInstance;
  return [{ to, executionId, dueAt: now, event: childEvent(parent.TaskScheduleId, ending, now) }];
}

function childEvent(id: number, ending: Ending & { kind: 'completed' }, now: number): HistoryEvent {
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
