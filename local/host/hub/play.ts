import { checkReplay, type Diagnostic } from '../checks/diagnostics.ts';
import { strictFindings } from '../checks/strict.ts';
import type { Decision } from '../durable/replay/decisions.ts';
import { closeTurn, continueTurn, type OpenTurn, type TurnResult } from '../durable/turns/turn.ts';
import type { OrchestratorState } from '../durable/wire/actions.ts';
import {
  answerFromError,
  answerFromExit,
  answerFromState,
  type WorkerAnswer,
} from '../durable/wire/answer.ts';
import { AZURE_STORAGE_TIMERS } from '../durable/wire/limits.ts';
import {
  orchestrationTrigger,
  orchestrationTriggerValue,
  type Session,
  type TriggerInput,
} from '../durable/wire/trigger.ts';
import { stateFromResult } from '../durable/wire/worker-state.ts';
import type { Invocation } from '../worker/app/function-app.ts';
import { errorOf } from '../worker/core/invoke.ts';
import { WorkerExitError } from '../worker/exit.ts';
import { jsonValue } from '../worker/core/typed-data.ts';
import type { InvocationResponse } from '../worker/core/types.ts';
import { unknownOrchestration } from './refusals.ts';
import type { EngineSettings } from './settings.ts';

/** A turn and what the worker made of it, and of the generations that it went through. */
export interface Played {
  readonly turn: OpenTurn;
  readonly result: TurnResult;
  readonly answer: WorkerAnswer;
  /** Generations that ended by continue-as-new in this turn. */
  readonly overExecutions: readonly string[];
  /** What those generations had to tell entities. */
  readonly sentBefore: readonly Decision[];
}

const MOST_GENERATIONS_PER_TURN = 1000;

/** Plays a turn: asks the worker, and again for each new generation; `report` hears what the checks find. */
export async function play(
  settings: EngineSettings,
  opened: OpenTurn,
  report: (diagnostic: Diagnostic) => void,
): Promise<Played> {
  const { app, clock, schema, timerLimits = AZURE_STORAGE_TIMERS } = settings;
  const { defaultVersion } = app.host;
  const turnSettings = { functions: app.known, timerLimits, schema, defaultVersion };
  const overExecutions: string[] = [];
  const sentBefore: Decision[] = [];
  let turn = opened;
  for (let generation = 0; generation < MOST_GENERATIONS_PER_TURN; generation += 1) {
    const session = settings.sessions?.take(turn);
    const { answer, reusesTask = false } = await askWorker(settings, turn, session);
    const result = closeTurn(turn, answer, clock.now(), turnSettings);
    if (session !== undefined) settings.sessions?.giveBack(session, turn, result);
    if (settings.strict === true) {
      strictFindings({ turn, answer, result, reusesTask }, turnSettings).forEach(report);
    }
    if (settings.checkReplay === 'everyTurn' || (settings.checkReplay === 'atEnd' && result.ending)) {
      const again = await askWorker(settings, { ...turn, past: result.history, fresh: [] });
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

async function askWorker(
  settings: EngineSettings,
  { started, past, fresh }: OpenTurn,
  session?: Session,
): Promise<{ readonly answer: WorkerAnswer; readonly reusesTask?: boolean }> {
  const { app, schema, timerLimits = AZURE_STORAGE_TIMERS } = settings;
  const fn = app.find('orchestrationTrigger', started.Name);
  if (fn === undefined)
    return { answer: { kind: 'crashed', message: unknownOrchestration(app, started.Name) } };
  const input = {
    instanceId: started.OrchestrationInstance.InstanceId,
    parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
    input: started.Input,
    past,
    fresh,
    schema,
    timerLimits,
  };
  try {
    const response = await app.invoke(fn, triggerFor(input, settings.triggersAs, session));
    const answer = answerFromState(stateOf(response, settings.triggersAs));
    return { answer, reusesTask: response.seen?.reusesTask === true };
  } catch (error) {
    if (error instanceof WorkerExitError) return { answer: answerFromExit(error.message) };
    return { answer: answerFromError(errorOf(error), schema) };
  }
}

function stateOf(
  { returnValue, result }: InvocationResponse,
  as: EngineSettings['triggersAs'],
): OrchestratorState {
  return as === 'value' ? stateFromResult(result) : (jsonValue(returnValue) as OrchestratorState);
}

function triggerFor(input: TriggerInput, as: EngineSettings['triggersAs'], session?: Session): Invocation {
  const data = {
    get string() {
      return orchestrationTrigger(input);
    },
  };
  return as === 'value' ? { data, value: orchestrationTriggerValue(input, session) } : { data };
}
