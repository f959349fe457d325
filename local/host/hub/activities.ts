import type { FunctionApp } from '../worker/app/function-app.ts';
import { errorOf } from '../worker/core/invoke.ts';
import { WorkerExitError } from '../worker/exit.ts';
import { resultText } from '../worker/core/typed-data.ts';
import type { TypedData } from '../worker/core/types.ts';
import type { HttpRequest } from '../durable/wire/actions.ts';
import { activityFailure, httpFailure, type Schema } from '../durable/wire/failure.ts';
import { stamp } from '../durable/wire/event.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import { HTTP_ACTIVITY } from '../durable/replay/http-calls.ts';
import { timeSpan } from '../durable/wire/time-span.ts';
import { createHttpClient, type HttpClient } from './http-activity.ts';
import type { ActivityOutcome, ActivityTask } from '../ports.ts';

export interface ActivitySettings {
  readonly app: FunctionApp;
  /** An activity that takes longer has failed (durable-host.md 8); measured in real time. */
  readonly functionTimeoutMs?: number | undefined;
  /** Sends what `callHttp` asks for; by default over the network. */
  readonly http?: HttpClient;
  readonly schema?: Schema;
  /** The client input of an activity that asks for one, as any function may (durable-host.md 5). */
  readonly clientBinding?: (() => Promise<string>) | undefined;
}

/** Runs an activity of the app, or the one behind `callHttp`. A failure is an outcome. */
export async function runTask(task: ActivityTask, settings: ActivitySettings): Promise<ActivityOutcome> {
  if (task.name === HTTP_ACTIVITY)
    return runHttp(task, settings.http ?? createHttpClient(settings.schema ?? 4));
  return withTimeout(runActivity(settings, task), task.name, settings.functionTimeoutMs);
}

async function runHttp(task: ActivityTask, send: HttpClient): Promise<ActivityOutcome> {
  try {
    const answer = await send(JSON.parse(task.input ?? '{}') as HttpRequest);
    return { kind: 'completed', result: JSON.stringify(answer) };
  } catch (error) {
    return { kind: 'failed', error: errorOf(error) };
  }
}

const LONGEST_TIMEOUT_MS = 2_147_483_647;

async function withTimeout(
  run: Promise<ActivityOutcome>,
  name: string,
  timeoutMs: number | undefined,
): Promise<ActivityOutcome> {
  if (timeoutMs === undefined || timeoutMs > LONGEST_TIMEOUT_MS) return run;
  const { promise: timedOut, resolve } = Promise.withResolvers<ActivityOutcome>();
  const message = `Timeout value of ${timeSpan(timeoutMs)} exceeded by function: ${name}`;
  const alarm = setTimeout(() => resolve({ kind: 'failed', error: { message, stack: '' } }), timeoutMs);
  try {
    return await Promise.race([run, timedOut]);
  } finally {
    clearTimeout(alarm);
  }
}

async function runActivity(
  { app, clientBinding }: ActivitySettings,
  task: ActivityTask,
): Promise<ActivityOutcome> {
  const fn = app.find('activityTrigger', task.name);
  if (fn === undefined) {
    return { kind: 'failed', error: { message: `The function '${task.name}' doesn't exist.`, stack: '' } };
  }
  try {
    const client = app.usesClient(fn) ? await clientBinding?.() : undefined;
    const response = await app.invoke(fn, {
      ...(client !== undefined && { clientBinding: client }),
      data: task.input === null ? undefined : { string: task.input },
      triggerMetadata: { instanceId: idData(task.instanceId) },
    });
    return { kind: 'completed', result: resultText(response.returnValue), lost: response.seen?.lost };
  } catch (error) {
    const exit = error instanceof WorkerExitError ? { exitCode: error.exitCode } : {};
    return { kind: 'failed', error: { ...errorOf(error), ...exit } };
  }
}

let latest: { readonly id: string; readonly data: TypedData } | undefined;

/**
 * An instance's id as text, which the library tries to read as JSON. That it fails with most costs it more than the rest
 * of the call, so for those it gets what it would come to.
 */
function idData(id: string): TypedData {
  if (latest?.id !== id) latest = { id, data: isJson(id) ? { string: id } : { json: JSON.stringify(id) } };
  return latest.data;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The message that tells the orchestration. */
export function activityEvent(
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
