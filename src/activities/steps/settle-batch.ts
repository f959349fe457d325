import { judgeBatch } from '../../core/health/batch-verdict.ts';
import { firstLookAt, lookDueBy, settledWithin } from '../../core/health/first-look.ts';
import {
  secondsUntilFirstStable,
  secondsUntilLate,
  secondsUntilStable,
} from '../../core/health/settle-times.ts';
import { adopt } from '../../core/health/unanswered.ts';
import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isOverdue, isUnanswered, isUntracked } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { batchName, withBatch } from '../../core/record/progress.ts';
import type { WaitingFor } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
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
import { pagesOf } from '../looks/reads.ts';

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
  const { settleSeconds, disruptive = false, spec } = record;
  const { viewLagSeconds } = pace;
  const { timeoutSeconds } = spec.health;
  return firstLookAt(rows, operations, { settleSeconds, viewLagSeconds, timeoutSeconds, disruptive });
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
  const seen = await readOpen(step, { rows: batch.rows, phase: phaseOf(step) });
  if (seen.kind === 'leave') return seen.answer;
  noteViews(step, seen.value);
  const dueBy = lookDueBy(batch.rows, firstLookOf(step, { rows: batch.rows, operations }));
  const judged = judge(step, {
    before,
    operations,
    rows: batch.rows,
    instances: seen.value,
    observation: { ...observe(step), dueBy },
  });
  const { rows } = judged;
  const changed = new Map(rows.map((row) => [row.instanceId, row]));
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
    return conclude(step, { ...after, settleSeconds: settledWithin(rows, operations) });
  }
  const blind = judged.operations.filter((operation) => isUntracked(operation));
  if (blind.length > 0) return waitForOperations(step, { running: blind, all: step.records.operations });
  return waitForHealth(step, after, open);
}

async function waitForHealth(
  step: Step,
  { rows, ledger }: Batch,
  open: readonly Operation[],
): Promise<Answer> {
  const { record, now, batch } = step;
  const observation = observe(step, rows);
  const underWay = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const ids = underWay.length > 0 ? underWay : open.flatMap(({ instances }) => instances);
  // A look at a large scale set costs many requests: it waits until some instances may be done.
  const worthIt = pagesOf(step) > 1 ? secondsUntilFirstStable(rows, observation) : undefined;
  const least = Math.max(step.pace.pollSeconds, worthIt ?? 0);
  const pause = patience(sinceFirstLook(step, rows, pagesOf(step)), 'health', { now, least, most: 60 });
  return wait(step, {
    seconds: secondsUntilStable(rows, observation) ?? Math.min(pause, secondsUntilLate(rows, observation)),
    phase: phaseOf(step),
    waitingFor: { kind: 'health', batch, message: waits.health(ids, wordsOf(step, ids)) },
    changes: {
      counts: countRows(ledger),
      ...(step.direction === 'forward' && {
        batches: withBatch(record.batches, batch, { phase: 'settling' }),
      }),
    },
  });
}

/**
 * Until the first look was due nobody expected them to be well: that time makes no look rarer. The deadline of each
 * instance counts from its first look.
 */
function sinceFirstLook(
  { record, now }: Step,
  rows: readonly LedgerRow[],
  pages: number,
): WaitingFor | undefined {
  const { waitingFor, spec, clock } = record;
  // A look at a large set costs too much for that.
  if (pages > 1) return waitingFor;
  const deadlines = rows.flatMap(({ state, healthyBySeconds }) =>
    state === 'settling' && healthyBySeconds !== undefined ? [healthyBySeconds] : [],
  );
  if (waitingFor === undefined || deadlines.length === 0) return waitingFor;
  const passed = clock.seconds - (Math.min(...deadlines) - spec.health.timeoutSeconds);
  const first = new Date(now - Math.max(0, passed) * 1000).toISOString();
  return first > waitingFor.since ? { ...waitingFor, since: first } : waitingFor;
}

/** The status stays one sentence. */
const MOST_WORDS = 3;

/** Unknown words that some instances show. */
function wordsOf({ words }: Step, ids: readonly string[]): readonly string[] {
  const theirs = [...words.values()].filter(({ instances = [] }) => instances.some((id) => ids.includes(id)));
  return theirs.map(({ word }) => word).slice(0, MOST_WORDS);
}

function phaseOf({ direction }: Step): Phase {
  return direction === 'rollback' ? 'rollingBack' : 'settling';
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
