import type { Schema } from '../durable/wire/failure.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import type { EntityMessage, EntityState } from '../durable/turns/entity-turn.ts';
import type { EntityRef, EntityRequest } from '../durable/wire/entity-messages.ts';
import { namedGuid } from '../durable/wire/guid.ts';
import type { AppFunction } from '../worker/app/catalog.ts';
import { errorOf } from '../worker/core/invoke.ts';
import { jsonValue } from '../worker/core/typed-data.ts';
import { WorkerExitError } from '../worker/exit.ts';

interface Ports {
  readonly app: FunctionApp;
  readonly schema: Schema;
}

/** What the library answers with; one result per operation, unless return() was called twice (golden 4.3). */
export interface BatchAnswer {
  readonly entityExists?: boolean;
  readonly entityState?: string | null;
  readonly results: readonly { readonly isError: boolean; readonly result?: string }[];
  readonly signals: readonly { readonly target: EntityRef; readonly name: string; readonly input?: string }[];
}

/** Hands an entity what it was asked for; an operation that throws has failed, a worker that ends is thrown. */
export async function runBatch(
  { app, schema }: Ports,
  fn: AppFunction,
  turn: {
    readonly self: EntityRef;
    readonly entity: EntityState;
    readonly batch: readonly EntityRequest[];
  },
): Promise<BatchAnswer> {
  const { self, entity, batch } = turn;
  const trigger = {
    self,
    exists: entity.exists,
    state: entity.state,
    batch: batch.map(({ op, input, signal, id }) => ({
      name: op ?? null,
      input: input ?? null,
      isSignal: signal === true,
      ...(schema === 4 ? { id } : {}),
    })),
  };
  try {
    const response = await app.invoke(fn, { data: { string: JSON.stringify(trigger) } });
    return jsonValue(response.returnValue) as BatchAnswer;
  } catch (error) {
    if (error instanceof WorkerExitError) throw error;
    const result = JSON.stringify(errorOf(error).message);
    return {
      entityExists: entity.exists,
      entityState: entity.state,
      results: batch.map(() => ({ isError: true, result })),
      signals: [],
    };
  }
}

/** What an entity has to say after a batch: its answers, and its signals to others. */
export function messagesOf(
  answer: BatchAnswer,
  batch: readonly EntityRequest[],
  from: { readonly instanceId: string; readonly seed: string },
): readonly EntityMessage[] {
  const replies = batch.flatMap((request, index): EntityMessage | readonly [] => {
    const result = answer.results[index];
    if (request.signal === true || result === undefined) return [];
    const value = { result: result.result ?? null };
    return { kind: 'reply', request, reply: result.isError ? { ...value, exceptionType: 'Error' } : value };
  });
  const signals = answer.signals.map(({ target, name, input }, index): EntityMessage => ({
    kind: 'request',
    // The library keeps the case of the name here: another instance than the one others reach (golden 4.1).
    to: `@${target.name}@${target.key}`,
    request: {
      op: name,
      signal: true,
      ...(input === undefined || input === '' ? {} : { input }),
      id: namedGuid(`${from.instanceId}_${from.seed}_${index}`),
      parent: from.instanceId,
    },
  }));
  return [...replies, ...signals];
}
