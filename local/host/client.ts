import type { FunctionApp } from './app/function-app.ts';
import {
  entityInstanceId,
  OPERATION,
  requestText,
  unknownEntity,
  type EntityRef,
} from './durable/entity-messages.ts';
import { entityStateFrom } from './durable/entity-turn.ts';
import { EventType, isTerminal, stamp, type HistoryEvent } from './durable/history.ts';
import { executionStarted } from './durable/turn.ts';
import { pendingRecord } from './outbox.ts';
import type { Clock, Ids, InstanceRecord, Store } from './ports.ts';
import { rewindCommit } from './rewind.ts';
import { queryInstances, statusOf, type InstanceFilter, type InstanceStatus } from './status.ts';

/** Why the hub refused a call; the management API turns each kind into its status code (golden 5). */
export type Refusal = 'notFound' | 'gone' | 'conflict' | 'invalid' | 'unknownEntity';

export class RefusedError extends Error {
  readonly kind: Refusal;
  constructor(kind: Refusal, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.kind = kind;
  }
}

export interface StartOptions {
  readonly instanceId?: string | undefined;
  /** Left out, the orchestration sees an empty string, as with the library's client (golden 2.6). */
  readonly input?: unknown;
}

/** The durable client's operations, in process. Refusals are thrown as {@link RefusedError}. */
export interface HubClient {
  start(orchestration: string, options?: StartOptions): string;
  /** As `start`, with the input as JSON text and null for none. */
  startWithJson(orchestration: string, instanceId: string | undefined, input: string | null): string;
  /** Throws what every operation on this instance would be refused with. */
  checkRunning(instanceId: string): void;
  raiseEvent(instanceId: string, eventName: string, data?: unknown): void;
  terminate(instanceId: string, reason?: string): void;
  suspend(instanceId: string, reason?: string): void;
  resume(instanceId: string, reason?: string): void;
  rewind(instanceId: string, reason?: string): void;
  /** Starts the same orchestration with the same input again; answers with the id. */
  restart(instanceId: string, withNewInstanceId?: boolean): string;
  status(instanceId: string): InstanceStatus | undefined;
  list(filter?: InstanceFilter): readonly InstanceStatus[];
  history(instanceId: string): readonly HistoryEvent[];
  /** `input` is JSON text; the operation may have no name at all (golden 5.5). */
  signalEntity(entity: EntityRef, operation: string, input?: string): void;
  /** JSON text; undefined when the entity does not exist. */
  entityState(entity: EntityRef): string | undefined;
  /** How many instances were removed. */
  purge(instanceId: string): number;
  purgeBy(filter: InstanceFilter): number;
}

export interface HubSettings {
  readonly app: FunctionApp;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called after each change, so that a driver can wake up. */
  readonly changed: () => void;
}

export function createHubClient({ app, store, clock, ids, changed }: HubSettings): HubClient {
  const existing = (instanceId: string): InstanceRecord => {
    const record = store.instance(instanceId);
    if (record === undefined)
      throw new RefusedError('notFound', `No instance with ID '${instanceId}' found.`);
    return record;
  };
  const running = (instanceId: string): InstanceRecord => {
    const record = existing(instanceId);
    if (isTerminal(record.status)) throw new RefusedError('gone', `${instanceId} is ${record.status}.`);
    return record;
  };
  const tell = (to: string, event: HistoryEvent): void => {
    store.commit({ send: [{ to, executionId: null, dueAt: clock.now(), event }] });
    changed();
  };
  const cannot = (verb: string, record: InstanceRecord): RefusedError =>
    new RefusedError(
      'conflict',
      `Cannot ${verb} the orchestration instance ${record.instanceId} ` +
        `because instance is in the ${record.status} state.`,
    );

  function startWithJson(name: string, givenId: string | undefined, input: string | null): string {
    if (app.find('orchestrationTrigger', name) === undefined) throw unknownOrchestration(app, name);
    const instanceId = givenId ?? ids.next();
    checkInstanceId(instanceId);
    const present = store.instance(instanceId);
    if (present !== undefined && !isTerminal(present.status)) {
      throw new RefusedError(
        'conflict',
        `An Orchestration instance with the status ${present.status} already exists.`,
      );
    }
    const now = clock.now();
    const instance = { InstanceId: instanceId, ExecutionId: ids.next() };
    const [, replaced] = store.history(instanceId);
    const generation =
      replaced?.EventType === EventType.ExecutionStarted ? (replaced.Generation ?? 0) + 1 : 0;
    const event = executionStarted({ name, instance, input, now, parent: null, generation });
    store.commit({
      purge: [instanceId],
      instances: [pendingRecord(event, now)],
      send: [{ to: instanceId, executionId: null, dueAt: now, event }],
    });
    changed();
    return instanceId;
  }

  const purge = (instanceIds: readonly string[]): number => {
    if (instanceIds.length > 0) store.commit({ purge: instanceIds });
    return instanceIds.length;
  };

  return {
    startWithJson,
    start: (name, options = {}) =>
      startWithJson(name, options.instanceId, jsonText(options.input === undefined ? '' : options.input)),
    checkRunning(instanceId) {
      running(instanceId);
    },
    raiseEvent(instanceId, eventName, data) {
      running(instanceId);
      tell(instanceId, {
        ...stamp('EventRaised', clock.now()),
        Name: eventName,
        Input: jsonText(data),
        ParentTraceContext: null,
      });
    },
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
      if (record.status === 'Completed' || record.status === 'Terminated') {
        throw new RefusedError('gone', `${instanceId} is ${record.status}.`);
      }
      if (record.status !== 'Failed') {
        throw new RefusedError(
          'conflict',
          'The rewind operation is only supported on failed orchestration instances.',
        );
      }
      store.commit(rewindCommit(store, record, { reason: reason ?? null, now: clock.now() }));
      changed();
    },
    restart(instanceId, withNewInstanceId = true) {
      const { name, input } = existing(instanceId);
      return startWithJson(name, withNewInstanceId ? undefined : instanceId, input);
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
        Input: requestText(request, { at, after: undefined }),
        ParentTraceContext: null,
      });
    },
    entityState(entity) {
      const stored = store.instance(entityInstanceId(entity));
      const state = stored === undefined ? undefined : entityStateFrom(stored.input);
      return state?.exists === true ? (state.state ?? 'null') : undefined;
    },
    status(instanceId) {
      const record = store.instance(instanceId);
      return record === undefined ? undefined : statusOf(record);
    },
    list: (filter = {}) => queryInstances(store, filter).map(statusOf),
    history: (instanceId) => store.history(instanceId),
    purge: (instanceId) => purge(store.instance(instanceId) === undefined ? [] : [instanceId]),
    purgeBy: (filter) => purge(queryInstances(store, filter).map((record) => record.instanceId)),
  };
}

export type { InstanceFilter, InstanceStatus };

/** Slashes, `#`, `?` and the control characters of both Latin ranges. */
function isForbidden(character: string): boolean {
  const code = character.charCodeAt(0);
  return '/\\#?'.includes(character) || code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

/** Rules and texts of golden 5.7. */
function checkInstanceId(id: string): void {
  if (id.startsWith('@')) {
    throw new RefusedError(
      'invalid',
      "instanceId (Parameter 'Orchestration instance ids must not start with @.')",
    );
  }
  if (Array.from(id).some(isForbidden)) {
    throw new RefusedError(
      'invalid',
      "instanceId (Parameter 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.')",
    );
  }
  if (id.length > 256) {
    throw new RefusedError('invalid', 'Instance ID lengths must not exceed 256 characters.');
  }
}

function unknownOrchestration(app: FunctionApp, name: string): RefusedError {
  const known = app.functions('orchestrationTrigger').map((fn) => `'${fn.name}'`);
  return new RefusedError(
    'invalid',
    `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. ` +
      `Additional info: The following are the known orchestrator functions: ${known.join(', ')}.`,
  );
}

function jsonText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
