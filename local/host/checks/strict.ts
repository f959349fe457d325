import type { Action } from '../durable/wire/actions.ts';
import { findingsIn, timerFindings } from './action-findings.ts';
import type { Finding } from './action-findings.ts';
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
  const found: Finding[] = [];
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
  found.push(...findingsIn(added, app.functions), ...timerFindings(actions, turn, app.timerLimits));
  return found.map(([rule, message]) => ({ rule, instanceId, message }));
}

function actionsOf(answer: WorkerAnswer): readonly Action[] {
  return answer.kind === 'state' ? answer.state.actions.flat() : [];
}

function payloadOf(carrier: object): number {
  const { Input, Result, input } = carrier as Readonly<Record<string, unknown>>;
  return Math.max(...[Input, Result, input].map((text) => (typeof text === 'string' ? text.length : 0)));
}
