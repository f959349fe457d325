import type { Played } from './play.ts';
import { stamp } from '../durable/wire/event.ts';
import type { ExecutionStarted, HistoryEvent } from '../durable/wire/history.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { Decision } from '../durable/replay/decisions.ts';
import { childStarted, timerFired } from '../durable/turns/messages.ts';
import { arrivalOf } from '../durable/replay/timers.ts';
import { pendingRecord, recordAfter } from './instance-rows.ts';
import { toParent } from './to-parent.ts';
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
  const { turn, result, record, consume, now, overExecutions, sentBefore } = outgoing;
  const { started } = turn;
  const { InstanceId: instanceId, ExecutionId: executionId } = started.OrchestrationInstance;
  const ended = result.ending?.kind === 'completed' ? result.ending : undefined;
  const isNewExecution = overExecutions.length > 0 || record.status === 'Pending';
  const asked = [...sentBefore, ...result.decisions].map((decision) => askedFor(decision, outgoing));
  const keep = isNewExecution ? 0 : turn.past.length;
  return {
    consume,
    instances: [
      recordAfter(record, started, { ...result, isNewExecution, now }),
      ...asked.flatMap(({ instances = [] }) => instances),
    ],
    history: [{ instanceId, keep, events: result.history.slice(keep) }],
    send: [
      ...asked.flatMap(({ send = [] }) => send),
      ...(ended === undefined ? [] : toParent(started, ended, now)),
    ],
    schedule: asked.flatMap(({ schedule = [] }) => schedule),
    retire: ended === undefined ? overExecutions : [...overExecutions, executionId],
  };
}

/** What one decision adds to the transaction. */
interface Asked {
  readonly instances?: readonly InstanceRecord[];
  readonly send?: readonly NewMessage[];
  readonly schedule?: readonly NewActivity[];
}

function askedFor(decision: Decision, outgoing: Outgoing): Asked {
  const { turn, result, now } = outgoing;
  const { InstanceId: instanceId, ExecutionId: executionId } = turn.started.OrchestrationInstance;
  switch (decision.kind) {
    case 'activity': {
      const { id: taskId, name, input } = decision;
      return { schedule: [{ instanceId, executionId, taskId, name, input }] };
    }
    case 'timer': {
      // Nobody waits for the timers of an execution that is over.
      if (result.ending?.kind === 'completed') return {};
      const dueAt = arrivalOf(decision.fireAt, now, outgoing.exactTimers);
      return { send: [{ to: instanceId, executionId, dueAt, event: timerFired(decision, now) }] };
    }
    case 'send': {
      const { to, name: Name, input: Input } = decision;
      const event: HistoryEvent = { ...stamp('EventRaised', now), Name, Input, ParentTraceContext: null };
      return { send: [{ to, executionId: null, dueAt: now, event }] };
    }
    case 'child':
      return childOf(decision, turn.started, outgoing);
  }
}

/** A child's start message, and its row unless the id is taken. */
function childOf(
  decision: Decision & { readonly kind: 'child' },
  parent: ExecutionStarted,
  { store, ids, now, schema }: Outgoing,
): Asked {
  const event = childStarted(decision, parent, { now, executionId: ids.next(), schema });
  const present = store.instance(decision.instanceId);
  const isTaken = present !== undefined && !isTerminal(present.status);
  return {
    send: [{ to: decision.instanceId, executionId: null, dueAt: now, event }],
    instances: isTaken ? [] : [pendingRecord(event, now)],
  };
}
