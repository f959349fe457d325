import { ActionType, fireTimeOf, type Action, type Compound } from '../durable/wire/actions.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { KnownFunctions } from '../durable/replay/execution.ts';
import type { WorkerAnswer } from '../durable/wire/answer.ts';
import type { TimerLimits } from '../durable/wire/limits.ts';
import type { OpenTurn, TurnResult } from '../durable/turns/turn.ts';

const LONGEST_HISTORY = 1000;
/** Queue messages beyond this go to blobs in the cloud (durable-host.md 8). */
const LARGEST_PAYLOAD = 45 * 1024;

export interface PlayedTurn {
  readonly turn: OpenTurn;
  readonly answer: WorkerAnswer;
  readonly result: TurnResult;
  /** Whether the state, as an object, has a task in it twice. */
  readonly reusesTask: boolean;
}

/** How many actions an execution had in the turn that was looked at last: in the next one they come first again. */
const playedBefore = new WeakMap<object, number>();

/** Patterns of an orchestrator that are legal and known to go wrong in the cloud (durable-host.md 10.6, golden 1). */
export function strictFindings(
  played: PlayedTurn,
  app: { readonly functions: KnownFunctions; readonly timerLimits: TimerLimits },
): readonly Diagnostic[] {
  const { turn, answer, result, reusesTask } = played;
  const instanceId = turn.started.OrchestrationInstance.InstanceId;
  const actions = actionsOf(answer);
  const added = actions.slice(playedBefore.get(turn.started) ?? 0);
  playedBefore.set(turn.started, actions.length);
  const found: (readonly [string, string])[] = [];
  const report = (rule: string, message: string) => found.push([rule, message]);

  if (turn.started.Input === '""') {
    report('empty-input', 'started without an input: getInput() is an empty string, not undefined');
  }
  if (result.history.length > LONGEST_HISTORY) {
    report('long-history', `more than ${LONGEST_HISTORY} events: continue as new before`);
  }
  const largest = Math.max(0, ...[...turn.fresh, ...result.decisions].map(payloadOf));
  if (largest > LARGEST_PAYLOAD) report('large-payload', `a payload of ${Math.round(largest / 1024)} KB`);
  if (answer.threwNoError === true) {
    report(
      'no-error-thrown',
      'threw something that is no Error with a message: the instance fails with a text that does not say why',
    );
  }
  const isDone = answer.kind === 'state' && (answer.state.isDone || answer.state.error !== undefined);
  if (isDone && result.ending === undefined && !result.isSuspended) {
    report(
      'open-task-at-return',
      'returned while a timer, activity or child is open, and goes on until it ends',
    );
  }
  if (reusesTask) {
    report(
      'reused-task',
      'puts a task that is scheduled already into another Task.all or Task.any: it runs again',
    );
  }
  for (const action of added.flatMap(flattened)) found.push(...findingsOf(action, app.functions));
  for (const finding of timerFindings(actions, turn, app.timerLimits)) found.push(finding);
  return found.map(([rule, message]) => ({ rule, instanceId, message }));
}

function actionsOf(answer: WorkerAnswer): readonly Action[] {
  return answer.kind === 'state' ? answer.state.actions.flat() : [];
}

type Finding = readonly [rule: string, message: string];

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

/** golden 1.1 and 1.2. */
function timerFindings(actions: readonly Action[], turn: OpenTurn, limits: TimerLimits): readonly Finding[] {
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

function payloadOf(carrier: object): number {
  const { Input, Result, input } = carrier as Readonly<Record<string, unknown>>;
  return Math.max(...[Input, Result, input].map((text) => (typeof text === 'string' ? text.length : 0)));
}
