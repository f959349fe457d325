import type { CallActivity, CallSubOrchestrator } from '../wire/actions.ts';
import type { ReplayContext } from './context.ts';
import {
  SwallowedError,
  type Execution,
  type InterpreterSettings,
  type KnownFunctions,
} from './execution.ts';
import { retrying } from './retry.ts';
import type { Signal } from './signal.ts';
import { throughJson } from '../wire/worker-state.ts';

/** One attempt, or as many as the retry options allow. */
export function callActivity(
  context: ReplayContext,
  action: CallActivity,
  functions: KnownFunctions,
): Signal {
  const name = action.functionName;
  if (!functions.activities.has(name.toLowerCase())) throw new SwallowedError(name);
  const attempt = () =>
    context.schedule({
      kind: 'activity',
      name,
      /** Every turn plays all calls again; only a new one is made into text. */
      get input() {
        return activityInput(throughJson(action.input));
      },
    });
  return action.retryOptions === undefined ? attempt() : retrying(context, action.retryOptions, attempt);
}

export function callChild(
  context: ReplayContext,
  action: CallSubOrchestrator,
  { execution, app }: { readonly execution: Execution; readonly app: InterpreterSettings },
): Signal {
  const name = action.functionName;
  const fixedId = action.instanceId;
  if (!app.functions.orchestrations.has(name.toLowerCase())) throw new SwallowedError(name);
  if (fixedId === execution.instanceId || (fixedId !== undefined && fixedId === execution.parentInstanceId)) {
    throw new SwallowedError(name);
  }
  const attempt = () =>
    context.schedule({
      kind: 'child',
      name,
      instanceId:
        fixedId === undefined || fixedId === '' ? `${execution.executionId}:${context.nextId()}` : fixedId,
      get input() {
        return jsonOrNull(action.input);
      },
      version: action.version ?? app.defaultVersion,
    });
  return action.retryOptions === undefined ? attempt() : retrying(context, action.retryOptions, attempt);
}

/** The trigger binds its input as a .NET string, which turns a bare boolean into "True" or "False" (golden 2.1). */
export function activityInput(input: unknown): string | null {
  if (input === undefined || input === null) return null;
  if (typeof input === 'string') return input;
  if (typeof input === 'boolean') return input ? 'True' : 'False';
  return JSON.stringify(input);
}

/** JSON text; null for no value at all. */
export function jsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
