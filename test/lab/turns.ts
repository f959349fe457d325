import type { FunctionApp } from '../../local/host/worker/app/function-app.ts';
import { throughJson } from '../../local/host/durable/wire/worker-state.ts';
import { jsonValue } from '../../local/host/worker/core/typed-data.ts';

/** One turn of a workflow: the orchestration trigger with the whole history, and what the orchestrator made of it. */
export interface Turn {
  readonly trigger: unknown;
  readonly answer: unknown;
}

/** The same app, whose turns are shown to somebody. */
export function watched(app: FunctionApp, onTurn: (turn: Turn) => void): FunctionApp {
  return {
    ...app,
    async invoke(fn, invocation) {
      const response = await app.invoke(fn, invocation);
      if (fn.trigger.type.toLowerCase() === 'orchestrationtrigger') {
        const text = invocation.data?.string ?? 'null';
        onTurn({ trigger: JSON.parse(text) as unknown, answer: throughJson(response.result) });
      }
      return response;
    },
  };
}

/** Gives a recorded trigger to today's orchestrator, and answers with what it schedules now. */
export async function replayed(app: FunctionApp, { trigger }: Pick<Turn, 'trigger'>): Promise<unknown> {
  const orchestrator = app.find('orchestrationTrigger', nameIn(trigger));
  if (orchestrator === undefined) throw new Error(`there is no orchestrator ${nameIn(trigger)}`);
  const response = await app.invoke(orchestrator, { data: { string: JSON.stringify(trigger) } });
  return jsonValue(response.returnValue);
}

interface AnswerShape {
  readonly actions: readonly (readonly {
    readonly actionType: string | number;
    readonly input?: unknown;
  }[])[];
  readonly customStatus?: unknown;
}

/**
 * What an orchestrator schedules, in its order. What it says in its custom status may change freely; and the version
 * that it hands on to the next generation is its build's, whichever it follows itself.
 */
export function orderOf(answer: unknown): unknown {
  const { actions } = answer as AnswerShape;
  return actions.flat().map(({ input, ...action }) => {
    const { version: _handedOn, ...rest } = (typeof input === 'object' ? input : {}) as { version?: number };
    return typeof input === 'object' && input !== null ? { ...action, input: rest } : { ...action, input };
  });
}

interface TriggerShape {
  readonly instanceId: string;
  readonly history: readonly {
    readonly Name?: string;
    readonly Input?: string | null;
    readonly OrchestrationInstance?: { readonly ExecutionId: string };
  }[];
}

function nameIn(trigger: unknown): string {
  return started(trigger).Name ?? '';
}

/** Tells one generation of a workflow from another. */
export function generationOf(trigger: unknown): string {
  const { instanceId } = trigger as TriggerShape;
  const { OrchestrationInstance, Input } = started(trigger);
  return `${instanceId} ${OrchestrationInstance?.ExecutionId ?? ''} ${Input ?? ''}`;
}

function started(trigger: unknown): TriggerShape['history'][number] {
  const { history } = trigger as TriggerShape;
  const found = history.find(({ OrchestrationInstance }) => OrchestrationInstance !== undefined);
  if (found === undefined) throw new Error('the history has no start');
  return found;
}
