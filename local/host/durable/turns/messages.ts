import type { Decision } from '../replay/decisions.ts';
import type { Schema } from '../wire/failure.ts';
import { stamp } from '../wire/event.ts';
import type { ExecutionStarted, InstanceRef, TimerFired } from '../wire/history.ts';

/** The message a timer decision sends to its own instance; stamped when it was created (golden 1.5). */
export function timerFired(decision: Decision & { kind: 'timer' }, now: number): TimerFired {
  return {
    ...stamp('TimerFired', now),
    TimerId: decision.id,
    FireAt: new Date(decision.fireAt).toISOString(),
  };
}

/** The message that starts a sub-orchestration. */
export function childStarted(
  decision: Decision & { kind: 'child' },
  parent: ExecutionStarted,
  at: { readonly now: number; readonly executionId: string; readonly schema: Schema },
): ExecutionStarted {
  return executionStarted({
    name: decision.name,
    instance: { InstanceId: decision.instanceId, ExecutionId: at.executionId },
    input: decision.input,
    now: at.now,
    schema: at.schema,
    version: decision.version,
    parent: {
      Name: parent.Name,
      OrchestrationInstance: parent.OrchestrationInstance,
      TaskScheduleId: decision.id,
      Version: parent.Version,
    },
  });
}

export function executionStarted(start: {
  readonly name: string;
  readonly instance: InstanceRef;
  /** JSON text. */
  readonly input: string | null;
  readonly now: number;
  readonly parent: ExecutionStarted['ParentInstance'];
  /** How many executions under this id it replaces; default 0. */
  readonly generation?: number;
  readonly schema: Schema;
  /** Default none; up to 2.13.7 there is none. */
  readonly version?: string | null;
}): ExecutionStarted {
  return {
    OrchestrationInstance: start.instance,
    ...stamp('ExecutionStarted', start.now),
    ParentInstance: start.parent,
    Name: start.name,
    Version: start.schema === 4 ? (start.version ?? null) : '',
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: start.parent === null ? (start.generation ?? 0) : null,
    ...(start.schema === 4 ? { GenerateNewTrace: false } : {}),
  };
}
