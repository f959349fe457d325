import type { CallEntity, LockEntities, SignalEntity } from '../wire/actions.ts';
import type { ReplayContext } from './context.ts';
import {
  entityInstanceId,
  entityOf,
  OPERATION,
  RELEASE,
  releaseText,
  requestText,
  unknownEntity,
  type EntityRef,
  type EntityRequest,
} from '../wire/entity-messages.ts';
import type { Schema } from '../wire/failure.ts';
import { namedGuid } from '../wire/guid.ts';
import { OrchestratorFault, SwallowedError, type Execution, type KnownFunctions } from './execution.ts';
import { DONE, Settler, type Signal } from './signal.ts';

/** An orchestration's dealings with entities (durable-host.md 6). Waiting for one keeps nothing open. */
export interface EntityCalls {
  call(action: CallEntity): Signal;
  signal(action: SignalEntity): Signal;
  lock(action: LockEntities): Signal;
  /** Gives back what is locked; also when the orchestration ends. */
  release(): Signal;
}

export function createEntityCalls(
  context: ReplayContext,
  execution: Execution,
  app: { readonly functions: KnownFunctions; readonly schema: Schema },
): EntityCalls {
  const { functions, schema } = app;
  const lastSent = new Map<string, string>();
  let held: { readonly id: string; readonly entities: readonly EntityRef[] } | undefined;

  const text = (to: string, request: EntityRequest): string => {
    const at = new Date(context.now).toISOString();
    const after = lastSent.get(to);
    lastSent.set(to, at);
    return requestText(request, { at, after, schema });
  };
  const sender = () => ({ parent: execution.instanceId, parentExecution: execution.executionId });
  const freshId = (): string => namedGuid(`${execution.executionId}_${context.nextId()}`);

  const operation = (action: CallEntity | SignalEntity, kind: { readonly signal?: true }) => ({
    kind: 'send' as const,
    to: action.instanceId,
    name: OPERATION,
    input: text(action.instanceId, {
      op: action.operation,
      ...kind,
      ...(action.input === undefined || action.input === null ? {} : { input: JSON.stringify(action.input) }),
      id: freshId(),
      ...sender(),
    }),
  });
  const isKnown = (name: string | undefined): boolean =>
    name !== undefined && functions.entities.has(name.toLowerCase());

  return {
    call(action) {
      if (!isKnown(entityOf(action.instanceId)?.name)) throw new SwallowedError(action.instanceId);
      return context.request(operation(action, {}));
    },
    signal(action) {
      const { name } = entityOf(action.instanceId) ?? { name: action.instanceId };
      if (!isKnown(name)) throw new OrchestratorFault(unknownEntity(name, functions.entities.values()));
      context.send(operation(action, { signal: true }));
      return done();
    },
    lock(action) {
      const [first] = action.lockSet;
      if (first === undefined || !action.lockSet.every(({ name }) => isKnown(name))) {
        throw new SwallowedError('lock');
      }
      const to = entityInstanceId(first);
      held = { id: action.lockRequestId, entities: action.lockSet };
      const request = { op: null, id: action.lockRequestId, ...sender(), lockset: action.lockSet, pos: 0 };
      return context.request({ kind: 'send', to, name: OPERATION, input: text(to, request) });
    },
    release() {
      const { id = '', entities = [] } = held ?? {};
      for (const entity of entities) {
        const input = releaseText({ parent: execution.instanceId, id });
        context.send({ kind: 'send', to: entityInstanceId(entity), name: RELEASE, input });
      }
      held = undefined;
      return done();
    },
  };
}

function done(): Signal {
  const signal = new Settler();
  signal.settle(DONE);
  return signal;
}
