import type { FunctionApp } from './app/function-app.ts';
import { errorOf } from './core/invoke.ts';
import { jsonValue, resultText } from './core/typed-data.ts';
import { checkReplay, type Diagnostic } from './diagnostics.ts';
import type { HttpRequest, OrchestratorState } from './durable/actions.ts';
import { answerFromError, answerFromState } from './durable/answer.ts';
import { activityFailure, httpFailure, type Schema } from './durable/failure.ts';
import type { Decision } from './durable/decisions.ts';
import { EventType, isTerminal, stamp, type HistoryEvent } from './durable/history.ts';
import type { WorkerAnswer } from './durable/interpreter.ts';
import { AZURE_STORAGE_TIMERS, type TimerLimits } from './durable/timers.ts';
import { orchestrationTrigger } from './durable/trigger.ts';
import { closeTurn, continueTurn, openTurn, type OpenTurn, type TurnResult } from './durable/turn.ts';
import { entityCommit } from './entity-engine.ts';
import { HTTP_ACTIVITY } from './durable/http-calls.ts';
import { sendHttp, type HttpClient } from './http-activity.ts';
import { hasCrashed, type FaultHooks } from './faults.ts';
import { commitOf } from './outbox.ts';
import type { ActivityOutcome, ActivityTask, Clock, Ids, InstanceRecord, Message, Store } from './ports.ts';
import { strictFindings } from './strict.ts';

export interface EngineSettings {
  readonly app: FunctionApp;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Default 4. */
  readonly schema?: Schema;
  readonly timerLimits?: TimerLimits;
  /** Timers fire when they should, not up to a second early as in the cloud (golden 1.5); default false. */
  readonly exactTimers?: boolean;
  /** Report patterns that misbehave in the cloud (durable-host.md 10.6). */
  readonly strict?: boolean;
  /** Run every orchestrator once more after each turn and compare (durable-host.md 10.7). */
  readonly checkReplay?: boolean;
  readonly hooks?: FaultHooks;
  /** Sends what `callHttp` asks for; by default over the network. */
  readonly http?: HttpClient;
  readonly report: (diagnostic: Diagnostic) => void;
}

export interface Engine {
  /** Gives an instance all of its due messages and commits what comes of it. */
  runTurn(instanceId: string): Promise<void>;
  runActivity(task: ActivityTask): Promise<void>;
}

const START_RETRY_MS = 30_000;
const MOST_GENERATIONS_PER_TURN = 1000;

/** Both kinds of work a task hub has, on the given ports. Concurrency is the driver's business. */
export function createEngine(settings: EngineSettings): Engine {
  const { app, store, clock, hooks = {} } = settings;
  const schema = settings.schema ?? 4;
  const timerLimits = settings.timerLimits ?? AZURE_STORAGE_TIMERS;
  const exactTimers = settings.exactTimers ?? false;
  const turnSettings = { functions: app.known, timerLimits };

  async function askWorker(turn: OpenTurn): Promise<WorkerAnswer> {
    const { started } = turn;
    const fn = app.find('orchestrationTrigger', started.Name);
    if (fn === undefined)
      return { kind: 'crashed', message: `The function '${started.Name}' doesn't exist.` };
    const trigger = orchestrationTrigger({
      instanceId: started.OrchestrationInstance.InstanceId,
      parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
      input: started.Input,
      history: [...turn.past, ...turn.fresh],
      schema,
      timerLimits,
    });
    try {
      const response = await app.invoke(fn, { data: { string: trigger } });
      return answerFromState(jsonValue(response.returnValue) as OrchestratorState);
    } catch (error) {
      return answerFromError(errorOf(error).message);
    }
  }

  async function play(opened: OpenTurn): Promise<Played> {
    const overExecutions: string[] = [];
    const sentBefore: Decision[] = [];
    let turn = opened;
    for (let generation = 0; generation < MOST_GENERATIONS_PER_TURN; generation += 1) {
      const answer = await askWorker(turn);
      const result = closeTurn(turn, answer, clock.now(), turnSettings);
      if (settings.strict === true) strictFindings(turn, answer, result).forEach(settings.report);
      if (result.ending?.kind !== 'continuedAsNew') {
        return { turn, result, answer, overExecutions, sentBefore };
      }
      sentBefore.push(...result.decisions.filter(({ kind }) => kind === 'send'));
      overExecutions.push(turn.started.OrchestrationInstance.ExecutionId);
      turn = continueTurn(turn, result.ending, { now: clock.now(), executionId: settings.ids.next() });
    }
    throw new Error(
      `${opened.started.Name} continued as new ${MOST_GENERATIONS_PER_TURN} times without waiting.`,
    );
  }

  async function runHttp(task: ActivityTask): Promise<ActivityOutcome> {
    try {
      const answer = await (settings.http ?? sendHttp)(JSON.parse(task.input ?? '{}') as HttpRequest);
      return { kind: 'completed', result: JSON.stringify(answer) };
    } catch (error) {
      return { kind: 'failed', error: errorOf(error) };
    }
  }

  async function runEntity(instanceId: string): Promise<void> {
    const commit = await entityCommit(settings, instanceId);
    if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
    store.commit(commit);
  }

  return {
    async runTurn(instanceId) {
      if (instanceId.startsWith('@')) return runEntity(instanceId);
      const batch = store.due(instanceId, clock.now());
      const consume = batch.map((message) => message.seq);
      const admitted = admit(store, instanceId, batch);
      if (admitted.kind === 'drop') return store.commit({ consume });
      if (admitted.kind === 'putOff') {
        const dueAt = clock.now() + START_RETRY_MS;
        return store.commit({
          consume: [admitted.start.seq],
          send: [{ ...admitted.start, dueAt }],
        });
      }
      const { record, events } = admitted;
      const isNewExecution = record.status === 'Pending';
      const opened = openTurn(isNewExecution ? [] : store.history(instanceId), events, clock.now());
      if (opened === undefined) return store.commit({ consume });

      const played = await play(opened);
      if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
      store.commit(
        commitOf({ ...played, record, consume, store, ids: settings.ids, now: clock.now(), exactTimers }),
      );
      if (settings.checkReplay === true) {
        const again = await askWorker({ ...played.turn, past: played.result.history, fresh: [] });
        checkReplay(instanceId, played.answer, again).forEach(settings.report);
      }
    },

    async runActivity(task) {
      if (await hasCrashed(hooks.beforeActivity, task)) return;
      const outcome = await (task.name === HTTP_ACTIVITY ? runHttp(task) : runActivity(app, task));
      const verdict = await hooks.afterActivityBeforeCommit?.(task, outcome);
      if (verdict === 'crash') return;
      const event = activityEvent(task, outcome, { now: clock.now(), schema });
      const { instanceId, executionId } = task;
      const send = [{ to: instanceId, executionId, dueAt: clock.now(), event }];
      store.commit(verdict === 'duplicate' ? { send } : { finish: task.seq, send });
    },
  };
}

export interface Played {
  readonly turn: OpenTurn;
  readonly result: TurnResult;
  readonly answer: WorkerAnswer;
  /** Generations that ended by continue-as-new in this turn. */
  readonly overExecutions: readonly string[];
  /** What those generations had to tell entities. */
  readonly sentBefore: readonly Decision[];
}

type Admitted =
  | { readonly kind: 'drop' }
  | { readonly kind: 'putOff'; readonly start: Message }
  | { readonly kind: 'run'; readonly record: InstanceRecord; readonly events: readonly HistoryEvent[] };

/** Sorts out what an instance may see: nothing for another execution, nothing once it is over. */
function admit(store: Store, instanceId: string, batch: readonly Message[]): Admitted {
  const record = store.instance(instanceId);
  if (record === undefined || batch.length === 0) return { kind: 'drop' };
  const start = batch.find(({ event }) => event.EventType === EventType.ExecutionStarted);
  if (
    start?.event.EventType === EventType.ExecutionStarted &&
    start.event.OrchestrationInstance.ExecutionId !== record.executionId
  ) {
    if (!isTerminal(record.status)) return { kind: 'putOff', start };
    return { kind: 'run', record: replaced(record, start), events: batch.map(({ event }) => event) };
  }
  if (isTerminal(record.status)) return { kind: 'drop' };
  const mine = batch.filter(({ executionId }) => executionId === null || executionId === record.executionId);
  return mine.length === 0
    ? { kind: 'drop' }
    : { kind: 'run', record, events: mine.map(({ event }) => event) };
}

function replaced(record: InstanceRecord, start: Message): InstanceRecord {
  if (start.event.EventType !== EventType.ExecutionStarted) return record;
  return {
    ...record,
    name: start.event.Name,
    executionId: start.event.OrchestrationInstance.ExecutionId,
    input: start.event.Input,
    status: 'Pending',
  };
}

async function runActivity(app: FunctionApp, task: ActivityTask): Promise<ActivityOutcome> {
  const fn = app.find('activityTrigger', task.name);
  if (fn === undefined) {
    return { kind: 'failed', error: { message: `The function '${task.name}' doesn't exist.`, stack: '' } };
  }
  try {
    const response = await app.invoke(fn, {
      data: task.input === null ? undefined : { string: task.input },
      triggerMetadata: { instanceId: { string: task.instanceId } },
    });
    return { kind: 'completed', result: resultText(response.returnValue) };
  } catch (error) {
    return { kind: 'failed', error: errorOf(error) };
  }
}

function activityEvent(
  task: ActivityTask,
  outcome: ActivityOutcome,
  at: { readonly now: number; readonly schema: Schema },
): HistoryEvent {
  if (outcome.kind === 'completed') {
    return { ...stamp('TaskCompleted', at.now), TaskScheduledId: task.taskId, Result: outcome.result };
  }
  const failure =
    task.name === HTTP_ACTIVITY
      ? httpFailure(outcome.error.message)
      : activityFailure(task.name, outcome.error, at.schema);
  return { ...stamp('TaskFailed', at.now), TaskScheduledId: task.taskId, ...failure };
}
