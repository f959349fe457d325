import { EventType } from '../durable/wire/event.ts';
import { dashed } from '../durable/wire/guid.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import { executionStarted } from '../durable/turns/messages.ts';
import type { HubSettings, StartWithJson } from './hub-client.ts';
import { pendingRecord } from './instance-rows.ts';
import { alreadyExists, checkInstanceId, RefusedError, unknownOrchestration } from './refusals.ts';

/** Starts an orchestration, in the place of one that is over; answers with its instance id. */
export function startInstance(
  { app, store, clock, ids, schema, changed }: HubSettings,
  name: string,
  start: StartWithJson,
): string {
  const instanceId = start.instanceId ?? ids.next();
  if (schema === 3) {
    if (app.find('orchestrationTrigger', name) === undefined)
      throw new RefusedError('invalid', unknownOrchestration(app, name));
    checkInstanceId(instanceId);
  }
  const present = store.instance(instanceId);
  if (present !== undefined && !isTerminal(present.status)) throw alreadyExists(present);
  const now = clock.now();
  const id = ids.next();
  const instance = { InstanceId: instanceId, ExecutionId: schema === 4 ? dashed(id) : id };
  const [, replaced] = store.history(instanceId);
  const generation = replaced?.EventType === EventType.ExecutionStarted ? (replaced.Generation ?? 0) + 1 : 0;
  const event = executionStarted({
    name,
    instance,
    input: start.input,
    now,
    parent: null,
    generation,
    schema,
    version: start.version ?? app.host.defaultVersion,
  });
  store.commit({
    purge: [instanceId],
    instances: [pendingRecord(event, now)],
    send: [{ to: instanceId, executionId: null, dueAt: now, event }],
  });
  changed();
  return instanceId;
}
