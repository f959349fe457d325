import { judgeBatch } from '../../core/health/batch-verdict.ts';
import { firstLookAt, learntSettle, lookDueBy } from '../../core/health/first-look.ts';
import type { Expected } from '../../core/health/first-look.ts';
import { secondsUntilStable } from '../../core/health/settle-times.ts';
import { adopt } from '../../core/health/unanswered.ts';
import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isOpen, isOverdue, isUnanswered, isUntracked } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import { batchName, withBatch } from '../../core/record/progress.ts';
import type { Answer } from '../../core/run/answer.ts';
import { secondsUntilPoll } from '../../core/run/polling.ts';
import { defineStep } from '../define-step.ts';
import { breach } from '../frame/breach.ts';
import { finish, keep } from '../frame/commit.ts';
import { holdsForDecision, waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { follow, judge, observe } from '../looks/judge-rows.ts';
import type { Followed } from '../looks/judge-rows.ts';
import { pollPace, waitFor } from '../looks/poll-operation.ts';
import { noteViews } from '../looks/note-views.ts';
import { stopForTooMany } from '../looks/room.ts';
import { readOpen } from '../looks/read-open.ts';
import { phaseOf, waitForHealth } from '../looks/wait-for-health.ts';

/** Follows a batch's operations to their end, then checks every instance until each is healthy, has failed, or is sent again. */
export const settleBatch = defineStep({
  name: 'settleBatch',
  async run(step) {
    const { rows: ledger, operations: all } = step.records;
    const ours = all.filter((operation) => isOnBatch(step, operation));
    const rows = adopt(ledger, ours).filter(
      (row) => row.batch === step.batch && row.direction === step.direction,
    );
    if (!rows.some((row) => isUnderWay(row)) && !ours.some((operation) => isUnanswered(operation))) {
      // Disks that Azure refused have failed their instance in the step before.
      const failed = newFailures(step, { rows, ledger });
      // fence I21: an instance whose disks Azure refused redirects the rollout
      if (failed !== undefined) return breach(step, { ledger, failed });
      if (step.direction === 'forward' && holdsForDecision(step, rows)) return waitWhilePaused(step);
      return conclude(step, { rows, ledger });
    }

    if (step.direction === 'forward' && isReopened(step)) return { kind: 'again' };
    const { before, operations } = await follow(ours, step, all);
    const running = operations.filter(
      (operation) => operation.status === 'accepted' && !isOverdue(operation),
    );
    const isTracked = running.some((operation) => !isUntracked(operation));
    // fence I2: the next batch waits until the one before has settled
    if (isTracked) return waitForOperations(step, { running, all });
    const early = await waitForGuests(step, { rows, operations });
    if (early !== undefined) return early;
    return look(step, { rows, ledger, before, operations });
  },
});

/** Looked at again after its gate was closed: it goes through all its steps again. */
function isReopened({ record, batch }: Step): boolean {
  const { phase, settledAt } = record.batches[batch] ?? {};
  return phase === 'upgrading' && settledAt === undefined && record.openBatch !== batch;
}

/** Not by the batch that it was sent for: one that slid may have reached into this one. */
function isOnBatch(step: Step, { kind, direction, instances }: Operation): boolean {
  return (
    kind === 'upgrade' &&
    direction === step.direction &&
    step.records.rows.some((row) => row.batch === step.batch && instances.includes(row.instanceId))
  );
}

interface Batch {
  /** The batch's own rows. */
  readonly rows: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
}

async function waitForOperations(
  step: Step,
  { running, all }: { readonly running: readonly Operation[]; readonly all: readonly Operation[] },
): Promise<Answer> {
  const ids = running.flatMap(({ instances }) => instances);
  return wait(step, {
    seconds: secondsUntilPoll(running, step.now, pollPace(step, all)),
    phase: step.direction === 'rollback' ? 'rollingBack' : 'upgrading',
    waitingFor: waitFor(running, { batch: step.batch, message: waits.upgrading(ids) }),
  });
}

function firstLookOf(
  { record, pace }: Step,
  { rows, operations }: Pick<Batch, 'rows'> & { readonly operations: readonly Operation[] },
): number {
  return firstLookAt(rows, operations, expectedOf({ record, pace }));
}

/** What this rollout has learnt of how long guests take to get well. */
function expectedOf({ record, pace }: Pick<Step, 'record' | 'pace'>): Expected {
  const { settleSeconds, disruptive = false, spec } = record;
  const { timeoutSeconds } = spec.health;
  return { settleSeconds, viewLagSeconds: pace.viewLagSeconds, timeoutSeconds, disruptive };
}

/** Right after an operation's end the guests are still starting: a look would only cost requests. */
async function waitForGuests(
  step: Step,
  { rows, operations }: Pick<Batch, 'rows'> & { readonly operations: readonly Operation[] },
): Promise<Answer | undefined> {
  const seconds = (firstLookOf(step, { rows, operations }) - step.now) / 1000;
  if (seconds <= 0) return undefined;
  const ids = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  return wait(step, {
    seconds,
    phase: phaseOf(step),
    waitingFor: {
      kind: 'health',
      batch: step.batch,
      message: waits.starting(ids),
    },
  });
}

async function look(step: Step, { before, operations, ...batch }: Batch & Followed): Promise<Answer> {
  const isOver = operations.some((operation) => isOpen(operation)) || mayConclude(step, batch.rows);
  const read = await readOpen(step, { rows: batch.rows, phase: phaseOf(step), isOver });
  if (read.kind === 'leave') return read.answer;
  const { isPart, ...seen } = read.value;
  noteViews(step, seen.instances);
  const dueBy = lookDueBy(batch.rows, firstLookOf(step, { rows: batch.rows, operations }));
  const observation = { ...observe(step), dueBy, ...(isPart && { looksBetween: true }) };
  const judged = judge(step, { before, operations, ...seen, observation });
  const changed = new Map(judged.rows.map((row) => [row.instanceId, row]));
  const rows = batch.rows.map((row) => changed.get(row.instanceId) ?? row);
  const ledger = batch.ledger.map((row) => changed.get(row.instanceId) ?? row);
  const after = { rows, ledger };
  const failed = newFailures(step, after);
  // fence I21: a breach redirects the rollout before anything else is sent
  if (failed !== undefined) return breach(step, { ...after, failed });
  // fence I21: those that were down before count with those that are
  const stopped = await stopForTooMany(step, ledger);
  if (stopped !== undefined) return stopped;
  const open = judged.operations.filter((operation) => isUnanswered(operation));
  // A batch is not over while one of its writes may still be on its way: nothing would look at that write again.
  if (!rows.some((row) => isUnderWay(row)) && open.length === 0) {
    return conclude(step, { ...after, settleSeconds: learntSettle(rows, operations, expectedOf(step)) });
  }
  const blind = judged.operations.filter((operation) => isUntracked(operation));
  if (blind.length > 0) return waitForOperations(step, { running: blind, all: step.records.operations });
  return waitForHealth(step, { ...after, instances: seen.instances }, open);
}

/** Whether all may have been well for long enough by now. */
function mayConclude(step: Step, rows: readonly LedgerRow[]): boolean {
  const seconds = secondsUntilStable(rows, observe(step, rows));
  return seconds !== undefined && seconds <= 1;
}

/** The failures that redirect the rollout. One that has paused the rollout before does not pause it again. */
function newFailures(step: Step, { rows }: Batch): readonly LedgerRow[] | undefined {
  const { record, direction } = step;
  if (direction !== 'forward') return undefined;
  const failed = judgeBatch(rows, record.spec.health);
  const isNew = failed?.some(({ instanceId }) => record.failure?.instances?.includes(instanceId) !== true);
  return isNew === true ? failed : undefined;
}

/** Nothing is under way any more: what is left of the batch is sent again, or the batch is over. */
async function conclude(
  step: Step,
  { rows, ledger, settleSeconds }: Batch & { readonly settleSeconds?: number | undefined },
): Promise<Answer> {
  const { record, now } = step;
  const isLeft = rows.some(({ state }) => state === 'pending');
  const counts = countRows(ledger);
  if (isLeft) {
    await finish(step, { counts });
    return { kind: 'again' };
  }
  const at = new Date(now).toISOString();
  const isBack = step.direction === 'rollback';
  const current = record.batches[step.batch];
  const isKnown = isBack ? current?.phase === 'rolledBack' : current?.settledAt !== undefined;
  if (current === undefined || isKnown) {
    await keep(step);
    return { kind: 'done' };
  }
  const batches = isBack
    ? withBatch(record.batches, step.batch, rows.length === 0 ? {} : { phase: 'rolledBack', endedAt: at })
    : withBatch(record.batches, step.batch, { settledAt: at });
  const message = audit.settled(batchName(record, step.batch));
  const events = rows.length === 0 ? [] : [{ kind: 'settled' as const, batch: step.batch, message }];
  const learned = settleSeconds === undefined ? {} : { settleSeconds };
  await finish(step, { counts, batches, ...learned }, events);
  return { kind: 'done' };
}
