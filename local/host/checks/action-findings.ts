import { ActionType, fireTimeOf, type Action, type Compound } from '../durable/wire/actions.ts';
import type { KnownFunctions } from '../durable/replay/execution.ts';
import type { TimerLimits } from '../durable/wire/limits.ts';
import type { OpenTurn } from '../durable/turns/turn.ts';

/** A rule and what an orchestrator does against it. */
export type Finding = readonly [rule: string, message: string];

/** What is known to go wrong in these actions, one by one. */
export function findingsIn(actions: readonly Action[], functions: KnownFunctions): readonly Finding[] {
  return actions.flatMap(flattened).flatMap((action) => findingsOf(action, functions));
}

function findingsOf(action: Action, functions: KnownFunctions): readonly Finding[] {
  if (action.actionType === ActionType.WaitForExternalEvent) return eventFindings(action.externalEventName);
  if (action.actionType === ActionType.ContinueAsNew) {
    if (typeof action.input !== 'string') return [];
    return [['string-continue-as-new', 'continues as new with a string, which arrives in quotes']];
  }
  if (
    action.actionType === ActionType.CallSubOrchestrator ||
    action.actionType === ActionType.CallSubOrchestratorWithRetry
  ) {
    return callFindings(action, 'orchestration', functions.orchestrations);
  }
  if (
    action.actionType !== ActionType.CallActivity &&
    action.actionType !== ActionType.CallActivityWithRetry
  ) {
    return [];
  }
  const found = callFindings(action, 'activity', functions.activities);
  if (typeof action.input !== 'boolean') return found;
  return [
    ...found,
    ['boolean-input', `passes a bare boolean to '${action.functionName}': it arrives as text`],
  ];
}

function eventFindings(name: string): readonly Finding[] {
  if (/^\d+$/.test(name)) return [['numeric-event', `waits for '${name}': it is mixed up with task ${name}`]];
  if (name === name.toLowerCase()) return [];
  return [['mixed-case-event', `waits for '${name}': the same name in another case is swallowed`]];
}

function callFindings(
  action: Extract<Action, { readonly functionName: string }>,
  kind: string,
  known: ReadonlySet<string>,
): readonly Finding[] {
  const name = action.functionName;
  const found: Finding[] = [];
  if (!known.has(name.toLowerCase())) {
    found.push(['unknown-function', `calls the ${kind} '${name}', which does not exist: the instance hangs`]);
  }
  if (action.retryOptions?.retryTimeoutInMilliseconds !== undefined) {
    found.push(['retry-timeout', `retries '${name}' with a timeout: once it is over the instance hangs`]);
  }
  return found;
}

function hasSeveralIds({ actionType }: Action): boolean {
  return (
    actionType === ActionType.CallActivityWithRetry ||
    actionType === ActionType.CallSubOrchestratorWithRetry ||
    actionType === ActionType.CallHttp
  );
}

/** What goes wrong between timers and other actions (golden 1.1 and 1.2). */
export function timerFindings(
  actions: readonly Action[],
  turn: OpenTurn,
  limits: TimerLimits,
): readonly Finding[] {
  const found: Finding[] = [];
  const isCancelled = (one: Action): boolean => one.actionType === ActionType.CreateTimer && one.isCanceled;
  const isRisky = actions
    .slice(0, -1)
    .some(
      (action) =>
        action.actionType === ActionType.WhenAny &&
        holds(action, hasSeveralIds) &&
        holds(action, isCancelled),
    );
  if (isRisky) {
    found.push([
      'cancelled-timer',
      'goes on after a retry or callHttp beside a cancelled timer: non-deterministic',
    ]);
  }
  const startedAt = Date.parse(turn.started.Timestamp);
  const isLong = (one: Action): boolean =>
    one.actionType === ActionType.CreateTimer && fireTimeOf(one) - startedAt > limits.longestMs;
  const isTimer = ({ actionType }: Action): boolean => actionType === ActionType.CreateTimer;
  if (
    actions.some((action) => holds(action, isLong)) &&
    actions.flatMap(flattened).filter(isTimer).length > 1
  ) {
    found.push([
      'long-timer',
      'has another timer beside one of more than six days: later tasks get wrong results',
    ]);
  }
  return found;
}

function isCompound(action: Action): action is Compound {
  return action.actionType === ActionType.WhenAll || action.actionType === ActionType.WhenAny;
}

/** Of an action, or of one inside it. */
function holds(action: Action, test: (one: Action) => boolean): boolean {
  return isCompound(action) ? action.compoundActions.some((one) => holds(one, test)) : test(action);
}

function flattened(action: Action): readonly Action[] {
  return isCompound(action) ? action.compoundActions.flatMap(flattened) : [action];
}
