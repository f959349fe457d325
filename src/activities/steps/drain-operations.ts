import { isAtRest } from '../../core/instance/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import { judgeUntracked } from '../../core/health/unanswered.ts';
import { valuesHash } from '../../core/model/shown-delta.ts';
import { modelWrites } from '../../core/model/guards.ts';
import { partsOf } from '../../core/model/parts.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isOpen, isUntracked, OPERATION_TIMEOUT } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import { readPlan } from '../../store/plans.ts';
import { finish, keep } from '../frame/commit.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { defineStep } from '../define-step.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';
import { saveTaken } from '../looks/model-taken.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import { observe } from '../looks/judge-rows.ts';
import { followModel } from '../looks/follow-model.ts';
import { judgeOverdue, pollOperation, pollPace, waitFor } from '../looks/poll-operation.ts';
import { readInstances } from '../looks/read-instances.ts';

/**
 * Waits until nothing that this rollout has sent is still running: a new write would preempt it. Tells how far the
 * rollout has come.
 */
export const drainOperations = defineStep({
  name: 'drainOperations',
  run: drain,
});

async function drain(step: Step): Promise<Answer> {
  const { record, records, now } = step;
  const phase = record.direction === 'rollback' ? 'rollingBack' : record.phase;
  const { operations } = records;
  // What a rollback itself has sent is followed by its own steps.
  const isMeant = ({ kind, direction }: Operation): boolean =>
    kind === 'upgrade' && (record.direction !== 'rollback' || direction === 'forward');
  const open = operations.filter((operation) => isMeant(operation) && isOpen(operation));
  const read = await readBack(step, phase, await pollAll(step, open));
  if (read.kind === 'leave') return read.answer;
  const polled = read.value;
  const running = polled.filter(({ status }) => status === 'accepted');
  const unanswered = polled.filter(({ status }) => status === 'intended' || status === 'unknown');
  const young = unanswered.filter(
    ({ intendedAt }) => now - Date.parse(intendedAt) < lostWriteSeconds(step.pace) * 1000,
  );
  // fence I7: a rollback waits until its own operations have ended
  if (running.length > 0 || young.length > 0) {
    const seconds =
      running.length > 0 ? secondsUntilPoll(running, now, pollPace(step, operations)) : step.pace.pollSeconds;
    return wait(step, {
      seconds,
      phase,
      waitingFor: waitFor(running, { message: waits.ownOperations }),
    });
  }
  const doubtful = operations.filter((operation) => isMeant(operation) && operation.status === 'abandoned');
  const unseen = await waitForUnseen(step, { phase, operations: [...doubtful, ...unanswered] });
  if (unseen !== undefined) return unseen;
  for (const operation of unanswered) {
    records.putOperation({ ...operation, status: 'abandoned', endedAt: new Date(now).toISOString() });
  }
  return resolveModel(await keep(step));
}

async function pollAll(step: Step, open: readonly Operation[]): Promise<readonly Operation[]> {
  const { records } = step;
  const { operations } = records;
  return Promise.all(
    open.map(async (operation) => {
      const ended = judgeOverdue(await pollOperation(operation, step, operations), step);
      records.putOperation(ended);
      return ended;
    }),
  );
}

/** What cannot be followed is over when its instances show it. */
async function readBack(
  step: Step,
  phase: Phase,
  operations: readonly Operation[],
): Promise<OrLeave<readonly Operation[]>> {
  if (!operations.some((operation) => isUntracked(operation))) return found(operations);
  const seen = await readInstances(step, phase);
  if (seen.kind === 'leave') return seen;
  const { records } = step;
  const sight = { rows: records.rows, instances: seen.value };
  return found(
    operations.map((operation) => {
      const judged = judgeUntracked(operation, sight, observe(step));
      if (judged !== operation) records.putOperation(judged);
      return judged;
    }),
  );
}

/** Nobody can be asked about a write whose answer was lost; what its instances show tells whether it is at work. */
async function waitForUnseen(
  step: Step,
  { phase, operations }: { readonly phase: Phase; readonly operations: readonly Operation[] },
): Promise<Answer | undefined> {
  const { spec } = step.record;
  const isBounded = step.record.direction !== 'rollback';
  const most = isBounded ? spec.health.operationTimeoutSeconds * 1000 : Number.POSITIVE_INFINITY;
  const named = operations
    .filter(({ intendedAt, error }) => {
      return error?.code !== OPERATION_TIMEOUT && step.now - Date.parse(intendedAt) < most;
    })
    .flatMap(({ instances }) => instances);
  if (named.length === 0) return undefined;
  const seen = await readInstances(step, phase);
  if (seen.kind === 'leave') return seen.answer;
  const busy = seen.value.filter((instance) => named.includes(instance.instanceId) && !isAtRest(instance));
  // fence I7: a rollback waits for an operation whose answer was lost
  if (busy.length === 0) return undefined;
  const ids = busy.map(({ instanceId }) => instanceId);
  return wait(step, {
    seconds: step.pace.pollSeconds,
    phase,
    waitingFor: { kind: 'operation', message: waits.busyInstances(ids) },
  });
}

/** A model write may have been sent when the rollout was redirected: it counts if it arrived. */
async function resolveModel(step: Step): Promise<Answer> {
  const { record } = step;
  const { rows, operations } = step.records;
  const reached = reachedBy(record, rows);
  const kept = record.modelState === 'before' ? await readPlan(step.store, record.id) : undefined;
  if (kept === undefined) return reached;
  const watched = modelWrites(kept.plan.delta, kept.plan.guards);
  if (!operations.some((operation) => operation.kind === 'model')) return reached;
  const phase = record.direction === 'rollback' ? 'rollingBack' : record.phase;
  let current = step;
  for (const part of partsOf(watched)) {
    const standing = await followModel(current, { kept, part, watched, direction: 'forward', phase });
    if (standing.kind === 'leave') return standing.answer;
    if (standing.kind === 'toSend') continue;
    const { modelHash } = standing;
    current = await saveTaken(current, standing);
    const leftHash = valuesHash(standing.model, kept.plan.delta);
    current = await finish(current, {
      modelState: 'after',
      modelHash,
      leftHash,
      ...heldInModel(kept.plan.guards),
    });
  }
  await keep(current);
  return reachedBy(current.record, rows);
}

/** Batches that slide into each other may have been begun beyond the one that the record names. */
function reachedBy({ batch = 0 }: RolloutRecord, rows: readonly LedgerRow[]): Answer {
  const touched = rows.filter((row) => row.touched).map((row) => row.batch);
  return { kind: 'done', batch: Math.max(batch, ...touched) };
}
