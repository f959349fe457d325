import { entityInstanceId, OPERATION, requestText, unknownEntity } from '../durable/wire/entity-messages.ts';
import { entityStateFrom } from '../durable/turns/entity-turn.ts';
import { stamp } from '../durable/wire/event.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import type { InstanceRecord } from '../ports.ts';
import { alreadyOver, cannot, cannotPurge, cannotRewind, noInstance, RefusedError } from './refusals.ts';
import { rewindCommit } from './rewind.ts';
import type { HubClient, HubSettings, StartWithJson } from './hub-client.ts';
import { startInstance } from './start-instance.ts';
import { queryInstances, statusOf } from './status.ts';

export function createHubClient(settings: HubSettings): HubClient {
  const { app, store, clock, ids, schema, changed } = settings;
  const existing = (instanceId: string): InstanceRecord => {
    const record = store.instance(instanceId);
    if (record === undefined) throw noInstance(instanceId);
    return record;
  };
  const running = (instanceId: string): InstanceRecord => {
    const record = existing(instanceId);
    if (isTerminal(record.status)) throw alreadyOver(record);
    return record;
  };
  const tell = (to: string, event: HistoryEvent): void => {
    store.commit({ send: [{ to, executionId: null, dueAt: clock.now(), event }] });
    changed();
  };
  function raiseEventWithJson(instanceId: string, eventName: string, input: string | null): void {
    running(instanceId);
    tell(instanceId, {
      ...stamp('EventRaised', clock.now()),
      Name: eventName,
      Input: input,
      ParentTraceContext: null,
    });
  }
  const startWithJson = (name: string, start: StartWithJson): string => startInstance(settings, name, start);

  const purge = (instanceIds: readonly string[]): number => {
    if (instanceIds.length > 0) store.commit({ purge: instanceIds });
    return instanceIds.length;
  };

  return {
    startWithJson,
    start: (name, options = {}) =>
      startWithJson(name, { ...options, input: jsonText(options.input === undefined ? '' : options.input) }),
    checkRunning(instanceId) {
      running(instanceId);
    },
    raiseEvent: (instanceId, eventName, data) => raiseEventWithJson(instanceId, eventName, jsonText(data)),
    raiseEventWithJson,
    terminate(instanceId, reason) {
      running(instanceId);
      tell(instanceId, { ...stamp('ExecutionTerminated', clock.now()), Input: reason ?? null });
    },
    suspend(instanceId, reason) {
      const record = running(instanceId);
      if (record.status === 'Suspended') throw cannot('suspend', record);
      tell(instanceId, { ...stamp('ExecutionSuspended', clock.now()), Reason: reason ?? null });
    },
    resume(instanceId, reason) {
      const record = running(instanceId);
      if (record.status !== 'Suspended') throw cannot('resume', record);
      tell(instanceId, { ...stamp('ExecutionResumed', clock.now()), Reason: reason ?? null });
    },
    rewind(instanceId, reason) {
      const record = existing(instanceId);
      if (record.status !== 'Failed') throw cannotRewind(record, schema);
      store.commit(rewindCommit(store, record, { reason: reason ?? null, now: clock.now() }));
      changed();
    },
    restart(instanceId, withNewInstanceId = true) {
      const { name, input } = existing(instanceId);
      return startWithJson(name, { instanceId: withNewInstanceId ? undefined : instanceId, input });
    },
    signalEntity(entity, op, input) {
      const { entities } = app.known;
      if (!entities.has(entity.name.toLowerCase())) {
        throw new RefusedError('unknownEntity', unknownEntity(entity.name, entities.values()));
      }
      const request = {
        op,
        signal: true as const,
        ...(input === undefined ? {} : { input }),
        id: ids.next(),
      };
      const at = new Date(clock.now()).toISOString();
      tell(entityInstanceId(entity), {
        ...stamp('EventRaised', clock.now()),
        Name: OPERATION,
        Input: requestText(request, { at, after: undefined, schema }),
        ParentTraceContext: null,
      });
    },
    entityState(entity) {
      const stored = store.instance(entityInstanceId(entity));
      const state = stored === undefined ? undefined : entityStateFrom(stored.input);
      return state?.exists === true ? state.state : undefined;
    },
    createdAt(instanceId) {
      const record = store.instance(instanceId);
      return record === undefined ? undefined : new Date(record.createdAt).toISOString();
    },
    status(instanceId) {
      const record = store.instance(instanceId);
      return record === undefined ? undefined : statusOf(record, schema);
    },
    runtimeStatus: (instanceId) => store.instance(instanceId)?.status,
    list: (filter = {}) => queryInstances(store, filter).map((record) => statusOf(record, schema)),
    history: (instanceId) => store.history(instanceId),
    purge(instanceId) {
      const record = store.instance(instanceId);
      if (record === undefined) return 0;
      // An entity runs for ever, and goes all the same (measured on 3.19.0).
      const isEntity = record.name === instanceId && instanceId.startsWith('@');
      if (schema === 4 && !isTerminal(record.status) && !isEntity) throw cannotPurge(record);
      return purge([instanceId]);
    },
    purgeBy: (filter) => purge(queryInstances(store, filter).map((record) => record.instanceId)),
  };
}

function jsonText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
