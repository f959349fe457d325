import { ActionType, fireTimeOf, type Action, type Compound } from '../wire/actions.ts';
import { callActivity, callChild, jsonOrNull } from './calls.ts';
import { createReplayContext } from './context.ts';
import { NonDeterminismError, type Decision } from './decisions.ts';
import { failedWith, orchestratorFailed, outcomeOf, withContinuation, type Ending } from './ending.ts';
import { createEntityCalls } from './entity-calls.ts';
import type { Execution, InterpreterSettings, OrchestratorFault } from './execution.ts';
import type { WorkerAnswer } from '../wire/answer.ts';
import type { HistoryEvent } from '../wire/history.ts';
import { callHttp } from './http-calls.ts';
import { runAll } from './run-actions.ts';
import { DONE, Settler, type Signal, whenAll, whenAny } from './signal.ts';
import { createTimers } from './timers.ts';

export interface Interpretation {
  readonly decisions: readonly Decision[];
  /** Absent while the execution goes on. */
  readonly ending: Ending | undefined;
  readonly suspended: boolean;
  /** The id after all others; the completion takes it. */
  readonly nextId: number;
}

/**
 * Plays a history against the actions the library answered with, as the extension does: actions strictly one after the
 * other, compounds at once, ids counted here and by the library alike (durable-host.md 3.3).
 */
export function interpret(
  execution: Execution,
  history: readonly HistoryEvent[],
  answer: WorkerAnswer,
  app: InterpreterSettings,
): Interpretation {
  let ended: Ending | undefined;
  let finished: Ending | undefined;
  let newInput: { readonly json: string | null } | undefined;

  const context = createReplayContext({
    start: () => runAll(actionsOf(answer), invoke, finish),
    terminate: (reason) => {
      ended ??= { kind: 'completed', status: 'Terminated', result: reason, error: null, failure: null };
    },
  });
  const timers = createTimers(context, app.timerLimits);
  const entities = createEntityCalls(context, execution, app);

  function finish(fault?: OrchestratorFault): void {
    finished =
      fault === undefined ? outcomeOf(execution, answer) : orchestratorFailed(execution, fault.message, null);
    if (finished !== undefined) entities.release();
  }

  function invoke(action: Action): Signal {
    switch (action.actionType) {
      case ActionType.CallActivity:
      case ActionType.CallActivityWithRetry:
        return callActivity(context, action, app.functions);
      case ActionType.CallSubOrchestrator:
      case ActionType.CallSubOrchestratorWithRetry:
        return callChild(context, action, { execution, app });
      case ActionType.ContinueAsNew:
        newInput ??= { json: jsonOrNull(action.input) };
        context.stopListening();
        return settled();
      case ActionType.CreateTimer:
        return timers.start(fireTimeOf(action), action.isCanceled);
      case ActionType.WaitForExternalEvent:
        return context.waitFor(action.externalEventName);
      case ActionType.WhenAny:
      case ActionType.WhenAll:
        return compound(action);
      case ActionType.CallEntity:
        return entities.call(action);
      case ActionType.SignalEntity:
        return entities.signal(action);
      case ActionType.LockEntities:
        return entities.lock(action);
      case ActionType.ReleaseEntities:
        return entities.release();
      case ActionType.CallHttp:
        break;
    }
    return callHttp(context, action, app.schema);
  }

  function compound(action: Compound): Signal {
    const children = action.compoundActions.map(invoke);
    return action.actionType === ActionType.WhenAll ? whenAll(children) : whenAny(children);
  }

  try {
    for (const event of history) context.play(event);
    if (context.openTasks === 0 && finished !== undefined) {
      ended ??= withContinuation(finished, newInput, context);
    }
  } catch (error) {
    if (!(error instanceof NonDeterminismError)) throw error;
    ended ??= failedWith(error.message, error.message, null);
  }
  return {
    decisions: context.decisions(),
    ending: ended,
    suspended: context.suspended,
    nextId: context.nextId(),
  };
}

function actionsOf(answer: WorkerAnswer): readonly Action[] {
  return answer.kind === 'state' ? answer.state.actions.flat() : [];
}

function settled(): Signal {
  const signal = new Settler();
  signal.settle(DONE);
  return signal;
}
