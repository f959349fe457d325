import type { TurnResult } from '../durable/turns/turn.ts';
import type { ExecutionStarted } from '../durable/wire/history.ts';
import type { InstanceRecord } from '../ports.ts';

/** The row an instance has from its start message until its first turn. */
export function pendingRecord(started: ExecutionStarted, now: number): InstanceRecord {
  return {
    instanceId: started.OrchestrationInstance.InstanceId,
    name: started.Name,
    ...familyOf(started),
    executionId: started.OrchestrationInstance.ExecutionId,
    status: 'Pending',
    input: started.Input,
    output: null,
    customStatus: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** The row after a turn of the execution that has `started`, whether or not that is the one the row tells of so far. */
export function recordAfter(
  before: InstanceRecord,
  started: ExecutionStarted,
  turn: Pick<TurnResult, 'status' | 'output' | 'customStatus'> & {
    readonly isNewExecution: boolean;
    readonly now: number;
  },
): InstanceRecord {
  const { status, output, customStatus, isNewExecution, now } = turn;
  return {
    instanceId: started.OrchestrationInstance.InstanceId,
    name: started.Name,
    ...familyOf(started),
    executionId: started.OrchestrationInstance.ExecutionId,
    status,
    // The row is merged, so an input that is left out leaves the one before (recording `canKind_undef`).
    input: started.Input ?? before.input,
    output,
    customStatus,
    createdAt: isNewExecution ? Date.parse(started.Timestamp) : before.createdAt,
    updatedAt: now,
  };
}

function familyOf(started: ExecutionStarted): Pick<InstanceRecord, 'parentInstanceId' | 'version'> {
  return {
    parentInstanceId: started.ParentInstance?.OrchestrationInstance.InstanceId ?? null,
    version: started.Version === '' ? null : started.Version,
  };
}
