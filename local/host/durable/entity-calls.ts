import type { CallEntity, LockEntities, SignalEntity } from './actions.ts';
import type { ReplayContext } from './context.ts';
import {
  entityInstanceId,
  entityOf,
  namedGuid,
  OPERATION,
  RELEASE,
  requestText,
  unknownEntity,
  type EntityRef,
  type EntityRequest,
} from './entity-messages.ts';
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
  functions: KnownFunctions,
): EntityCalls {
  const lastSent = new Map<string, string>();
  let held: { readonly id: string; readonly entities: readonly EntityRef[] } | undefined;

  const text = (to: string, request: EntityRequest): string => {
    const at = new Date(context.now).toISOString();
    const after = lastSent.get(to);
    lastSent.set(to, at);
    return requestText(request, { at, after });
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
      const request = { id: action.lockRequestId, ...sender(), lockset: action.lockSet, pos: 0 };
      return context.request({ kind: 'send', to, name: OPERATION, input: text(to, request) });
    },
    release() {
      for (const entity of held?.entities ?? []) {
        const input = JSON.stringify({ parent: execution.instanceId, id: held?.id });
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
