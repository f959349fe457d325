import { ActionType, fireTimeOf, type Action, type Compound } from '../wire/actions.ts';
import { callActivity, callChild, jsonOrNull } from './calls.ts';
import { createReplayContext, type ReplayContext } from './context.ts';
import { NonDeterminismError, type Decision } from './decisions.ts';
import { createEntityCalls } from './entity-calls.ts';
import { OrchestratorFault, SwallowedError, type Execution, type InterpreterSettings } from './execution.ts';
import type { WorkerAnswer } from '../wire/answer.ts';
import type { EventRaised, FailureDetails, HistoryEvent, TerminalStatus } from '../wire/history.ts';
import { callHttp } from './http-calls.ts';
import { DONE, Settler, type Signal, whenAll, whenAny } from './signal.ts';
import { createTimers } from './timers.ts';

export type Ending =
  | {
      readonly kind: 'completed';
      readonly status: TerminalStatus;
      readonly result: string | null;
      /** Text of the error behind a failure, which a parent is told as well. */
      readonly error: string | null;
      readonly failure: FailureDetails | null;
    }
  | {
      readonly kind: 'continuedAsNew';
      readonly input: string | null;
      readonly carried: readonly EventRaised[];
    };

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

function runAll(
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

function actionsOf(answer: WorkerAnswer): readonly Action[] {
  return answer.kind === 'state' ? answer.state.actions.flat() : [];
}

function outcomeOf(execution: Execution, answer: WorkerAnswer): Ending | undefined {
  if (answer.kind === 'crashed') return orchestratorFailed(execution, answer.message, null);
  const { error, isDone, output, failureDetails } = answer.state;
  if (error !== undefined) {
    const failure = failureDetails === undefined ? null : { InnerFailure: null, ...failureDetails };
    return orchestratorFailed(execution, error, failure);
  }
  if (!isDone) return undefined;
  return { kind: 'completed', status: 'Completed', result: jsonOrNull(output), error: null, failure: null };
}

function orchestratorFailed(execution: Execution, message: string, failure: FailureDetails | null): Ending {
  return failedWith(`Orchestrator function '${execution.name}' failed: ${message}`, message, failure);
}

function failedWith(result: string, error: string, failure: FailureDetails | null): Ending {
  return { kind: 'completed', status: 'Failed', result, error, failure };
}

function withContinuation(
  finished: Ending,
  newInput: { readonly json: string | null } | undefined,
  context: ReplayContext,
): Ending {
  if (newInput === undefined || finished.kind !== 'completed' || finished.status !== 'Completed')
    return finished;
  return { kind: 'continuedAsNew', input: newInput.json, carried: context.carried };
}

function settled(): Signal {
  const signal = new Settler();
  signal.settle(DONE);
  return signal;
}
