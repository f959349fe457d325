import type { Invocation } from './app/function-app.ts';
import { activityEvent, runTask, type ActivitySettings } from './activities.ts';
import { errorOf } from './core/invoke.ts';
import { jsonValue } from './core/typed-data.ts';
import { checkReplay, type Diagnostic } from './diagnostics.ts';
import type { OrchestratorState } from './durable/actions.ts';
import { answerFromError, answerFromState } from './durable/answer.ts';
import type { Schema } from './durable/failure.ts';
import type { Decision } from './durable/decisions.ts';
import { EventType, isTerminal, type HistoryEvent } from './durable/history.ts';
import type { WorkerAnswer } from './durable/interpreter.ts';
import { AZURE_STORAGE_TIMERS, type TimerLimits } from './durable/timers.ts';
import { orchestrationTrigger, orchestrationTriggerValue, type TriggerInput } from './durable/trigger.ts';
import { runsVersion } from './durable/versions.ts';
import { closeTurn, continueTurn, openTurn, type OpenTurn, type TurnResult } from './durable/turn.ts';
import { entityCommit } from './entity-engine.ts';
import { hasCrashed, type FaultHooks } from './faults.ts';
import { commitOf } from './outbox.ts';
import type { ActivityTask, Clock, Ids, InstanceRecord, Message, Store } from './ports.ts';
import { unknownOrchestration } from './refusals.ts';
import { strictFindings } from './strict.ts';

export interface EngineSettings extends ActivitySettings {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly schema: Schema;
  readonly timerLimits?: TimerLimits;
  /** Timers fire when they should, not up to a second early as in the cloud (golden 1.5); default false. */
  readonly exactTimers?: boolean;
  /** Report patterns that misbehave in the cloud (durable-host.md 10.6). */
  readonly strict?: boolean;
  /** Run every orchestrator once more and compare (durable-host.md 10.7). */
  readonly checkReplay?: ReplayCheck;
  /**
   * How the library gets the trigger of an orchestration: as JSON text, as in the cloud, or as what it reads in that text,
   * which spares both sides the text of the whole history in every turn. Default `text`.
   */
  readonly triggersAs?: 'text' | 'value';
  readonly hooks?: FaultHooks;
  readonly report: (diagnostic: Diagnostic) => void;
}

/**
 * After each turn, which makes every turn cost two, or after the last one of a generation: its answer holds all that the
 * generation asked for, so that one replay shows most of what differs.
 */
export type ReplayCheck = 'everyTurn' | 'atEnd';

export interface Engine {
  /** Gives an instance all of its due messages and commits what comes of it. */
  runTurn(instanceId: string): Promise<void>;
  runActivity(task: ActivityTask): Promise<void>;
}

const START_RETRY_MS = 30_000;
const OTHER_VERSION_RETRY_MS = 300_000;
const MOST_GENERATIONS_PER_TURN = 1000;

/** Both kinds of work a task hub has, on the given ports. Concurrency is the driver's business. */
export function createEngine(settings: EngineSettings): Engine {
  const { app, store, clock, hooks = {} } = settings;
  const { schema } = settings;
  const timerLimits = settings.timerLimits ?? AZURE_STORAGE_TIMERS;
  const exactTimers = settings.exactTimers ?? false;
  const { defaultVersion } = app.host;
  const turnSettings = { functions: app.known, timerLimits, schema, defaultVersion };

  const reported = new Set<string>();
  /** Every turn plays the actions of all turns before it again. */
  const reportOnce = (diagnostic: Diagnostic): void => {
    const key = JSON.stringify(diagnostic);
    if (reported.has(key)) return;
    reported.add(key);
    settings.report(diagnostic);
  };

  const triggerFor = (input: TriggerInput): Invocation => {
    const data = {
      get string() {
        return orchestrationTrigger(input);
      },
    };
    return settings.triggersAs === 'value' ? { data, value: orchestrationTriggerValue(input) } : { data };
  };

  async function askWorker(
    turn: OpenTurn,
  ): Promise<{ readonly answer: WorkerAnswer; readonly raw?: unknown }> {
    const { started } = turn;
    const fn = app.find('orchestrationTrigger', started.Name);
    if (fn === undefined)
      return { answer: { kind: 'crashed', message: unknownOrchestration(app, started.Name) } };
    const input = {
      instanceId: started.OrchestrationInstance.InstanceId,
      parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
      input: started.Input,
      past: turn.past,
      fresh: turn.fresh,
      schema,
      timerLimits,
    };
    try {
      const response = await app.invoke(fn, triggerFor(input));
      const answer = answerFromState(jsonValue(response.returnValue) as OrchestratorState);
      return { answer, raw: response.result };
    } catch (error) {
      return { answer: answerFromError(errorOf(error), schema) };
    }
  }

  async function play(opened: OpenTurn): Promise<Played> {
    const overExecutions: string[] = [];
    const sentBefore: Decision[] = [];
    let turn = opened;
    for (let generation = 0; generation < MOST_GENERATIONS_PER_TURN; generation += 1) {
      const { answer, raw } = await askWorker(turn);
      const result = closeTurn(turn, answer, clock.now(), turnSettings);
      if (settings.strict === true) {
        strictFindings({ turn, answer, result, raw }, turnSettings).forEach(reportOnce);
      }
      if (settings.checkReplay === 'everyTurn' || (settings.checkReplay === 'atEnd' && result.ending)) {
        const again = await askWorker({ ...turn, past: result.history, fresh: [] });
        const { InstanceId } = turn.started.OrchestrationInstance;
        checkReplay(InstanceId, answer, again.answer).forEach(settings.report);
      }
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

  async function runEntity(instanceId: string): Promise<void> {
    const commit = await entityCommit(settings, instanceId);
    if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
    store.commit(commit);
  }

  return {
    async runTurn(instanceId) {
      const due = store.due(instanceId, clock.now());
      if (isEntity(store, instanceId, due)) return runEntity(instanceId);
      const batch = hooks.reorder?.(due) ?? due;
      const admitted = admit(settings, instanceId, batch);
      const consume = admitted.over.map((message) => message.seq);
      if (admitted.kind === 'drop') return store.commit({ consume });
      if (admitted.kind === 'putOff') {
        const dueAt = clock.now() + admitted.byMs;
        return store.commit({ consume, send: admitted.over.map((message) => ({ ...message, dueAt })) });
      }
      const { record, events } = admitted;
      const isNewExecution = record.status === 'Pending';
      const opened = openTurn(isNewExecution ? [] : store.history(instanceId), events, clock.now());
      if (opened === undefined) return store.commit({ consume });

      const played = await play(opened);
      if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
      store.commit(
        commitOf({
          ...played,
          record,
          consume,
          store,
          ids: settings.ids,
          now: clock.now(),
          exactTimers,
          schema,
        }),
      );
      if (await hasCrashed(hooks.afterTurnCommit, { instanceId })) return;
    },

    async runActivity(task) {
      if (await hasCrashed(hooks.beforeActivity, task)) return;
      const outcome = await runTask(task, settings);
      if (settings.strict === true && outcome.kind === 'completed' && outcome.lost !== undefined) {
        reportOnce({
          rule: 'non-json-result',
          instanceId: task.instanceId,
          message: `the activity '${task.name}' returns ${outcome.lost}, which JSON does not keep`,
        });
      }
      const verdict = await hooks.afterActivityBeforeCommit?.(task, outcome);
      if (verdict === 'crash') return;
      const lateMs = typeof verdict === 'object' ? verdict.lateMs : 0;
      const event = activityEvent(task, outcome, { now: clock.now(), schema });
      const { instanceId, executionId } = task;
      const send = [{ to: instanceId, executionId, dueAt: clock.now() + lateMs, event }];
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

/** From 3.x on an orchestration may have such an id as well. */
function isEntity(store: Store, instanceId: string, due: readonly Message[]): boolean {
  if (!instanceId.startsWith('@')) return false;
  if (due.some(({ event }) => event.EventType === EventType.ExecutionStarted)) return false;
  const record = store.instance(instanceId);
  return record === undefined || record.name === instanceId;
}

/** `over` leaves the inbox. */
type Admitted = { readonly over: readonly Message[] } & (
  | { readonly kind: 'drop' }
  | { readonly kind: 'putOff'; readonly byMs: number }
  | { readonly kind: 'run'; readonly record: InstanceRecord; readonly events: readonly HistoryEvent[] }
);

/**
 * Sorts out what an instance may see now: its start alone (golden 3.4), nothing for another execution, nothing once it
 * is over, and nothing at all while the app has another version.
 */
function admit(hub: EngineSettings, instanceId: string, batch: readonly Message[]): Admitted {
  const record = hub.store.instance(instanceId);
  const start = batch.find(({ event }) => event.EventType === EventType.ExecutionStarted);
  if (record === undefined) return { kind: 'drop', over: batch };
  if (start !== undefined) {
    const started = replaced(record, start);
    const isSame = started.executionId === record.executionId;
    if (!isSame && !isTerminal(record.status)) return { kind: 'putOff', over: [start], byMs: START_RETRY_MS };
    if (isSame && isTerminal(record.status)) return { kind: 'drop', over: [start] };
    return runnable(hub, started, { over: [start], events: [start.event] });
  }
  if (isTerminal(record.status)) return { kind: 'drop', over: batch };
  const mine = batch.filter(({ executionId }) => executionId === null || executionId === record.executionId);
  if (mine.length === 0) return { kind: 'drop', over: batch };
  return runnable(hub, record, { over: batch, events: mine.map(({ event }) => event) });
}

/** From 3.x on what was started with a version that the app does not run waits in its queue (measured on 3.19.0). */
function runnable(
  { app, schema, report }: EngineSettings,
  record: InstanceRecord,
  taken: { readonly over: readonly Message[]; readonly events: readonly HistoryEvent[] },
): Admitted {
  const { instanceId, name, version } = record;
  if (schema === 3 || runsVersion(version, app.host)) return { kind: 'run', record, ...taken };
  const message = `'${name}' was started with the version '${version}', which this app does not run`;
  report({ rule: 'other-version', instanceId, message });
  return { kind: 'putOff', over: taken.over, byMs: OTHER_VERSION_RETRY_MS };
}

function replaced(record: InstanceRecord, start: Message): InstanceRecord {
  if (start.event.EventType !== EventType.ExecutionStarted) return record;
  return {
    ...record,
    name: start.event.Name,
    version: start.event.Version === '' ? null : start.event.Version,
    executionId: start.event.OrchestrationInstance.ExecutionId,
    input: start.event.Input,
    status: 'Pending',
  };
}
