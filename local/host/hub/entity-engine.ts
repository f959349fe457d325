import { executionStarted } from '../durable/turns/messages.ts';
import {
  nextStep,
  entityStateFrom,
  entityStateText,
  receive,
  type EntityMessage,
  type EntityState,
  type EntityStep,
} from '../durable/turns/entity-turn.ts';
import { OPERATION, entityOf, replyText, requestText } from '../durable/wire/entity-messages.ts';
import type { Schema } from '../durable/wire/failure.ts';
import { stamp } from '../durable/wire/event.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import { messagesOf, runBatch } from './entity-batch.ts';
import { terminatedEntity, courseAfter, type EntityCourse } from './entity-course.ts';
import type { Clock, Commit, Ids, InstanceRecord, Message, NewMessage, Store } from '../ports.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';

interface Ports {
  readonly app: FunctionApp;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly schema: Schema;
}

/**
 * Gives an entity its due messages; answers with what is to be committed. Rejects with a {@link WorkerExitError} when the
 * worker ends in it: nothing has happened then.
 */
export async function entityCommit(
  ports: Ports,
  instanceId: string,
  messages: readonly Message[],
): Promise<Commit> {
  const { app, store, clock } = ports;
  const consume = messages.map(({ seq }) => seq);
  const self = entityOf(instanceId);
  const fn = self === undefined ? undefined : app.find('entityTrigger', self.name);
  if (self === undefined || fn === undefined) return { consume };

  const record = store.instance(instanceId);
  if (record !== undefined && isTerminal(record.status)) return { consume };
  const events = messages.map(({ event }) => event);
  const course = courseAfter(record, events);
  if (course.status === 'Terminated' && record !== undefined) {
    const keep = store.history(instanceId).length;
    return { consume, ...terminatedEntity(record, course, { now: clock.now(), keep }) };
  }

  const sent: EntityMessage[] = [];
  let entity = receive(entityStateFrom(record?.input ?? null), events);
  const stepOf = course.status === 'Running' ? nextStep : rest;
  for (let step = stepOf(entity); step.kind !== 'rest'; step = stepOf(entity)) {
    if (step.kind === 'lock') {
      entity = step.entity;
      sent.push(step.send);
    } else {
      const answer = await runBatch(ports, fn, { self, ...step });
      entity = {
        ...step.entity,
        exists: answer.entityExists === true,
        state: answer.entityState ?? null,
      };
      sent.push(...messagesOf(answer, step.batch, { instanceId, seed: `${consume.join()} ${clock.now()}` }));
    }
  }
  const at = new Date(clock.now()).toISOString();
  return {
    consume,
    ...rows(ports, instanceId, entity, course),
    send: sent.flatMap((message) => envelope(message, { now: clock.now(), at, schema: ports.schema })),
  };
}

/** A suspended entity only takes in what arrives. */
function rest(): EntityStep {
  return { kind: 'rest' };
}

function envelope(
  message: EntityMessage,
  { now, at, schema }: { readonly now: number; readonly at: string; readonly schema: Schema },
): readonly NewMessage[] {
  const event = (Name: string, Input: string): HistoryEvent => ({
    ...stamp('EventRaised', now),
    Name,
    Input,
    ParentTraceContext: null,
  });
  if (message.kind === 'request') {
    const text = requestText(message.request, { at, after: undefined, schema });
    return [{ to: message.to, executionId: null, dueAt: now, event: event(OPERATION, text) }];
  }
  const { id, parent, parentExecution } = message.request;
  if (parent === undefined) return [];
  const reply = event(id, replyText(message.reply));
  return [{ to: parent, executionId: parentExecution ?? null, dueAt: now, event: reply }];
}

/** An entity looks like an orchestration that runs for ever and starts anew with each turn (golden 4.4). */
function rows(
  { clock, ids, schema }: Ports,
  instanceId: string,
  entity: EntityState,
  { status, output }: EntityCourse,
): Pick<Commit, 'instances' | 'history'> {
  const now = clock.now();
  const input = entityStateText(entity);
  const instance = { InstanceId: instanceId, ExecutionId: ids.next() };
  const started = {
    ...executionStarted({ name: instanceId, instance, input, now, parent: null, schema }),
    // Continued as new with each turn (measured on 3.19.0).
    Generation: null,
  };
  const record: InstanceRecord = {
    instanceId,
    name: instanceId,
    parentInstanceId: null,
    version: null,
    executionId: instance.ExecutionId,
    status,
    input,
    output,
    customStatus: JSON.stringify(entity.exists ? { entityExists: true } : {}),
    createdAt: now,
    updatedAt: now,
  };
  const events = [stamp('OrchestratorStarted', now), started, stamp('OrchestratorCompleted', now)];
  return { instances: [record], history: [{ instanceId, keep: 0, events }] };
}
