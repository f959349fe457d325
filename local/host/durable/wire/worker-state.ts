import { ActionType, type Action, type OrchestratorState } from './actions.ts';

/** A value as it comes out of JSON text. */
export function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

/**
 * The state that the library answers with, as it would come out of JSON text. Every turn answers with all actions of its
 * generation, so the common ones are not made into text for that: they are the same there but for a time, which stays a
 * date, and what stands in an input, which is made into text where it is used.
 */
export function stateFromResult(result: unknown): OrchestratorState {
  if (!isState(result)) return throughJson(result) as OrchestratorState;
  const { actions, ...rest } = result;
  const read = actions.map((list) => list.map((action) => (isPlain(action) ? action : throughJson(action))));
  return {
    ...(throughJson(rest) as Omit<OrchestratorState, 'actions'>),
    actions: read as OrchestratorState['actions'],
  };
}

function isState(result: unknown): result is { readonly actions: readonly (readonly unknown[])[] } {
  if (typeof result !== 'object' || result === null || 'toJSON' in result) return false;
  return 'actions' in result && Array.isArray(result.actions) && result.actions.every(Array.isArray);
}

function isPlain(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const action = given as Action;
  if (action.actionType === ActionType.CallActivity) return isPlainInput(action.input);
  if (action.actionType === ActionType.WhenAny || action.actionType === ActionType.WhenAll) {
    return Array.isArray(action.compoundActions) && action.compoundActions.every(isPlain);
  }
  return (
    action.actionType === ActionType.CreateTimer || action.actionType === ActionType.WaitForExternalEvent
  );
}

function isPlainInput(input: unknown): boolean {
  if (input === undefined || typeof input === 'string') return true;
  return typeof input === 'object' && input !== null && Object.getPrototypeOf(input) === Object.prototype;
}
