import { OrchestratorFault, SwallowedError } from './execution.ts';
import type { Action } from '../wire/actions.ts';
import type { Signal } from './signal.ts';

/** Runs actions strictly one after the other: the next one begins when the one before has settled. */
export function runAll(
  actions: readonly Action[],
  invoke: (action: Action) => Signal,
  atEnd: (fault?: OrchestratorFault) => void,
): void {
  let index = 0;
  const next = (): void => {
    for (;;) {
      const action = actions[index];
      index += 1;
      if (action === undefined) return atEnd();
      const signal = invokeSwallowing(action, invoke);
      if (signal instanceof OrchestratorFault) return atEnd(signal);
      if (signal !== undefined && signal.settled === undefined) return signal.listen(next);
    }
  };
  next();
}

function invokeSwallowing(
  action: Action,
  invoke: (action: Action) => Signal,
): Signal | OrchestratorFault | undefined {
  try {
    return invoke(action);
  } catch (error) {
    if (error instanceof SwallowedError) return undefined;
    if (error instanceof OrchestratorFault) return error;
    throw error;
  }
}
