import type { OperationState, Read } from '../../azure/port.ts';
import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import { OPERATION_TIMEOUT } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { WaitingFor } from '../../core/record/rollout.ts';
import { pollAt } from '../../core/run/polling.ts';
import type { PollPace } from '../../core/run/polling.ts';
import type { Step } from '../frame/step.ts';
import { afterPoll } from './after-poll.ts';

/** How often operations of this rollout are looked at; `history` are all of them. */
export function pollPace({ record, pace }: Step, history: readonly Operation[]): PollPace {
  const mostSeconds = record.spec.health.operationTimeoutSeconds;
  return { pollSeconds: pace.pollSeconds, disruptive: record.disruptive === true, mostSeconds, history };
}

/**
 * Looks at a long-running operation once, if its time has come; answers with it as it then stands. `history` shows how
 * long others like it took.
 */
export async function pollOperation(
  operation: Operation,
  step: Step,
  history: readonly Operation[],
): Promise<Operation> {
  if (operation.status !== 'accepted') return operation;
  const { pollUrl } = operation;
  // fence I11: an operation is not polled before its time
  if (pollUrl !== undefined && step.now < pollAt(operation, pollPace(step, history))) return operation;
  const polled = afterPoll(operation, await readState(step, pollUrl), step);
  step.records.putOperation(polled);
  return polled;
}

/** A write that Azure accepted without a URL to poll has ended. */
async function readState(step: Step, pollUrl: string | undefined): Promise<Read<OperationState>> {
  if (pollUrl === undefined) return { kind: 'ok', value: { kind: 'succeeded' } };
  return step.compute.operation(step.address.subscriptionId, pollUrl);
}

/** What a rollout with running operations waits for: the operations, or Azure, if it does not say how far they are. */
export function waitFor(
  running: readonly Operation[],
  { message, batch }: { readonly message: string; readonly batch?: number },
): Omit<WaitingFor, 'since' | 'tries'> {
  const silence = running.find((operation) => operation.silence !== undefined)?.silence;
  const untracked = running.find((operation) => operation.untracked !== undefined)?.untracked;
  const which = batch === undefined ? {} : { batch };
  if (silence !== undefined) return { kind: 'unreachable', ...which, message: silence };
  if (untracked === undefined) return { kind: 'operation', ...which, message };
  const why = waits.untracked(untracked.code, untracked.message);
  return { kind: 'operation', ...which, message: `${message}; ${why}` };
}

/**
 * When an operation runs out of time, its instances have failed, unless they show otherwise. It is still followed to its
 * end before anything else is sent. Only a rollout that stops no longer waits for it; a rollback waits for as long as the
 * rollback may take.
 */
export function judgeOverdue(operation: Operation, { record, now }: Step): Operation {
  const { operationTimeoutSeconds } = record.spec.health;
  const age = record.clock.seconds - (operation.acceptedSeconds ?? 0);
  // fence I10: an operation that never ends is given up
  if (operation.status !== 'accepted' || age <= operationTimeoutSeconds) return operation;
  const isHeard = operation.silence === undefined && operation.untracked === undefined;
  // It may have ended long ago, and nobody has asked.
  if (isHeard && operation.polledAt !== new Date(now).toISOString()) return operation;
  // fence I7: a slow operation ends no rollback
  if (record.direction === 'rollback') return operation;
  const error = { code: OPERATION_TIMEOUT, message: failures.operationTimeout(operationTimeoutSeconds) };
  // fence I7: an operation that outlives its time is not forgotten while it runs
  if (record.direction === 'forward') return { ...operation, error };
  return { ...operation, status: 'abandoned', endedAt: new Date(now).toISOString(), error };
}
