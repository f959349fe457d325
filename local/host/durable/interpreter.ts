import {
  ActionType,
  type Action,
  type CallActivity,
  type CallSubOrchestrator,
  type Compound,
  type OrchestratorState,
} from './actions.ts';
import { createReplayContext, type ReplayContext } from './context.ts';
import { NonDeterminismError, type Decision } from './decisions.ts';
import type { EventRaised, FailureDetails, HistoryEvent, TerminalStatus } from './history.ts';
import { retrying } from './retry.ts';
import { DONE, newSignal, whenAll, whenAny, type Signal } from './signal.ts';
import { createTimers, type TimerLimits } from './timers.ts';

/** What the interpreter must know of the app: which names exist, in lower case. */
export interface KnownFunctions {
  readonly activities: ReadonlySet<string>;
  readonly orchestrations: ReadonlySet<string>;
}

export interface Execution {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly parentInstanceId: string | null;
}

/** What the worker made of the history: its state, or a failure that carried none (golden 1.12). */
export type WorkerAnswer =
  | { readonly kind: 'state'; readonly state: OrchestratorState }
  | { readonly kind: 'crashed'; readonly message: string };

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
  /** Uses of what this host does not implement. */
  readonly unsupported: readonly number[];
}

/**
 * Plays a history against the actions the library answered with, as the extension does: actions strictly one after the
 * other, compounds at once, ids counted here and by the library alike (durable-host.md 3.3).
 */
export function interpret(
  execution: Execution,
  history: readonly HistoryEvent[],
  answer: WorkerAnswer,
  app: { readonly functions: KnownFunctions; readonly timerLimits: TimerLimits },
): Interpretation {
  let ended: Ending | undefined;
  let finished: Ending | undefined;
  let newInput: { readonly json: string | null } | undefined;
  const unsupported: number[] = [];

  const context = createReplayContext({
    start: () => runAll(actionsOf(answer), invoke, () => (finished = outcomeOf(execution, answer))),
    terminate: (reason) => {
      ended ??= { kind: 'completed', status: 'Terminated', result: reason, error: null, failure: null };
    },
  });
  const timers = createTimers(context, app.timerLimits);

  function invoke(action: Action): Signal {
    switch (action.actionType) {
      case ActionType.CallActivity:
      case ActionType.CallActivityWithRetry:
        return callActivity(context, action, app.functions);
      case ActionType.CallSubOrchestrator:
      case ActionType.CallSubOrchestratorWithRetry:
        return callChild(context, action, { execution, functions: app.functions });
      case ActionType.ContinueAsNew:
        newInput ??= { json: jsonOrNull(action.input) };
        context.stopListening();
        return settled();
      case ActionType.CreateTimer:
        return timers.start(Date.parse(action.fireAt), action.isCanceled);
      case ActionType.WaitForExternalEvent:
        return context.waitFor(action.externalEventName);
      case ActionType.WhenAny:
      case ActionType.WhenAll:
        return compound(action);
      case ActionType.CallEntity:
      case ActionType.CallHttp:
      case ActionType.SignalEntity:
      case ActionType.LockEntities:
      case ActionType.ReleaseEntities:
        break;
    }
    unsupported.push(action.actionType);
    return newSignal();
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
    unsupported,
  };
}

/** Thrown where the extension throws an argument exception, which its replay loop swallows (golden 1.3). */
class SwallowedError extends Error {}

function runAll(actions: readonly Action[], invoke: (action: Action) => Signal, atEnd: () => void): void {
  let index = 0;
  const next = (): void => {
    for (;;) {
      const action = actions[index];
      index += 1;
      if (action === undefined) return atEnd();
      const signal = invokeSwallowing(action, invoke);
      if (signal !== undefined && signal.settled === undefined) return signal.listen(next);
    }
  };
  next();
}

function invokeSwallowing(action: Action, invoke: (action: Action) => Signal): Signal | undefined {
  try {
    return invoke(action);
  } catch (error) {
    if (error instanceof SwallowedError) return undefined;
    throw error;
  }
}

function callActivity(context: ReplayContext, action: CallActivity, functions: KnownFunctions): Signal {
  const name = action.functionName;
  if (!functions.activities.has(name.toLowerCase())) throw new SwallowedError(name);
  const attempt = () => context.schedule({ kind: 'activity', name, input: activityInput(action.input) });
  return action.retryOptions === undefined ? attempt() : retrying(context, action.retryOptions, attempt);
}

function callChild(
  context: ReplayContext,
  action: CallSubOrchestrator,
  { execution, functions }: { readonly execution: Execution; readonly functions: KnownFunctions },
): Signal {
  const name = action.functionName;
  const fixedId = action.instanceId;
  if (!functions.orchestrations.has(name.toLowerCase())) throw new SwallowedError(name);
  if (fixedId === execution.instanceId || (fixedId !== undefined && fixedId === execution.parentInstanceId)) {
    throw new SwallowedError(name);
  }
  const attempt = () =>
    context.schedule({
      kind: 'child',
      name,
      instanceId:
        fixedId === undefined || fixedId === '' ? `${execution.executionId}:${context.nextId()}` : fixedId,
      input: jsonOrNull(action.input),
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

function actionsOf(answer: WorkerAnswer): readonly Action[] {
  return answer.kind === 'state' ? answer.state.actions.flat() : [];
}

function outcomeOf(execution: Execution, answer: WorkerAnswer): Ending | undefined {
  const failed = (message: string, failure: FailureDetails | null): Ending =>
    failedWith(`Orchestrator function '${execution.name}' failed: ${message}`, message, failure);
  if (answer.kind === 'crashed') return failed(answer.message, null);
  const { error, isDone, output, failureDetails } = answer.state;
  if (error !== undefined) return failed(error, failureDetails ?? null);
  if (!isDone) return undefined;
  return { kind: 'completed', status: 'Completed', result: jsonOrNull(output), error: null, failure: null };
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
  const signal = newSignal();
  signal.settle(DONE);
  return signal;
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
