import { phaseOfEnded } from '../../core/health/batch-verdict.ts';
import { failureOf } from '../../core/health/causes.ts';
import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { membership } from '../../core/messages/membership.ts';
import { countRows, isOver } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { EndPhase } from '../../core/record/phase.ts';
import type { BatchProgress, Failure, RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { notWhole } from '../../core/run/direction.ts';
import { heldBy, leftBy } from '../../core/run/left.ts';
import { hidesSecrets } from '../../core/spec/hidden.ts';
import { enlist } from '../../store/list.ts';
import { releaseClaim } from '../../store/queue.ts';
import { noteEnd } from '../../store/set-ends.ts';
import { dropSecrets } from '../../store/secrets.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Ports } from '../frame/ports.ts';
import type { Step } from '../frame/step.ts';
import { takeLastLook } from '../looks/last-look.ts';
import { waitForSick } from '../looks/wait-for-sick.ts';
import { isLookedAt, lookAtAll } from '../looks/look-at-all.ts';

/** Ends the rollout: records how it ended and what it leaves, and releases the scale set. */
export const closeRollout = defineStep({
  name: 'closeRollout',
  outlasts: true,
  // It ended, and the process died before it released the scale set.
  async ended(record, ports) {
    await release(record, ports);
    return { kind: 'done', phase: record.phase };
  },
  async run(step) {
    const looked = await look(step);
    if (looked.kind === 'leave') return looked.answer;
    const { rows, step: current } = looked.value;
    return close(current, rows);
  },
});

/** What the end reports must have been seen, not only remembered. */
async function look(
  step: Step,
): Promise<OrLeave<{ readonly step: Step; readonly rows: readonly LedgerRow[] }>> {
  if (step.record.direction === 'stop') {
    const taken = await takeLastLook(step, step.records.rows);
    return taken.kind === 'leave' ? taken : found({ step, rows: taken.value });
  }
  // fence I7: instances that are slow to get well end no rollback
  const sick = await waitForSick(step);
  if (sick !== undefined) return sick;
  // fence I13: no rollout ends well without a last look at every target
  if (isLookedAt(step)) return found({ step, rows: step.records.rows });
  const seen = await lookAtAll(step, step.record.phase);
  return seen.kind === 'leave' ? seen : found({ step: seen.step, rows: seen.step.records.rows });
}

async function close(looked: Step, rows: readonly LedgerRow[]): Promise<Answer> {
  const step = { ...looked, record: asItWent(looked.record) };
  if (step.record.direction === 'forward' && (isUnwritten(step.record) || rows.some((row) => isLeft(row))))
    return { kind: 'again' };
  const { phase, failure } = endOf(step.record, rows);
  const left = leftBy({ ...step.record, phase, ...(failure && { failure }) }, rows);
  const ended = await finish(
    step,
    {
      phase,
      endedAt: new Date(step.now).toISOString(),
      gate: undefined,
      openBatch: undefined,
      counts: countRows(rows),
      batches: step.record.batches.map((batch) => atEnd(batch, rows)),
      direction: step.record.direction,
      failure: failure ?? step.record.failure,
      beforeGuards: undefined,
      ...(left !== undefined && { left }),
    },
    [{ kind: 'ended', message: endWords(phase, { failure, rows }) }],
  );
  // fence I10: a rollout that ends frees its scale set
  await release(ended.record, step);
  return { kind: 'done', phase };
}

/** Azure refused to restore a guard but nothing is held any more: that is not a failure. */
function asItWent({ beforeGuards, failure: _failure, ...record }: RolloutRecord): RolloutRecord {
  const isRestored = beforeGuards !== undefined && heldBy(record).length === 0;
  if (!isRestored) return { ...record, ...(_failure && { failure: _failure }) };
  return { ...record, ...beforeGuards };
}

/** Batches that never started stay as they are; those that started and never ended have failed, unless all of it is done. */
function atEnd(batch: BatchProgress, rows: readonly LedgerRow[]): BatchProgress {
  if (batch.phase === 'waiting') return { ...batch, phase: 'pending' };
  if (batch.phase !== 'upgrading' && batch.phase !== 'settling' && batch.phase !== 'soaking') return batch;
  const own = rows.filter((row) => row.batch === batch.index);
  const isThere = own.every((row) => row.ended === 'after' || (row.ended === undefined && isOver(row)));
  return { ...batch, phase: isThere ? phaseOfEnded(own) : 'failed' };
}

function endWords(
  phase: EndPhase,
  { failure, rows }: { readonly failure: Failure | undefined; readonly rows: readonly LedgerRow[] },
): string {
  if (failure !== undefined) return audit.ended(phase, failure.message);
  const { total, upgraded, rolledBack, gone } = countRows(rows);
  const isCounted = total > 0 && (phase === 'succeeded' || phase === 'rolledBack');
  return audit.ended(phase, isCounted ? membership.reached(upgraded + rolledBack, total, gone) : undefined);
}

/** A workflow that somebody started behind the last batch has not written the model. */
function isUnwritten({ runbook, modelState }: RolloutRecord): boolean {
  return runbook === 'rollout' && modelState === 'before';
}

/** A retry that arrived after its batch was over has made the batch pending again. */
function isLeft({ direction, state }: LedgerRow): boolean {
  return direction === 'forward' && state === 'pending';
}

/** No secret outlives the rollout, however it ended. */
async function release(record: RolloutRecord, { store }: Ports): Promise<void> {
  const { scaleSet, id, fencingToken, createdAt, spec } = record;
  if (hidesSecrets(spec)) await dropSecrets(store, id);
  await enlist(store, record);
  await noteEnd(store, record);
  await releaseClaim(store, { scaleSet, rolloutId: id, token: fencingToken, since: createdAt });
}

function endOf(record: RolloutRecord, rows: readonly LedgerRow[]): { phase: EndPhase; failure?: Failure } {
  const { direction, endsAs } = record;
  const failed = rows.filter(({ state }) => state === 'failed');
  switch (direction) {
    case 'stop':
      if (endsAs === undefined) throw new Error(`rollout ${record.id} stops and does not know how it ends`);
      return { phase: endsAs };
    case 'rollback':
      if (record.isIrreversible === true && record.modelState === 'restored') {
        return { phase: 'halted', failure: notWhole() };
      }
      return failed.length === 0 ||
        rows.every((row) => row.state !== 'failed' || row.direction !== 'rollback')
        ? { phase: 'rolledBack' }
        : { phase: 'failed', failure: notBack(failed) };
    case 'forward':
      if (record.spec.rollbackOf !== undefined && record.isIrreversible === true && failed.length === 0) {
        return { phase: 'halted', failure: notWhole() };
      }
      return failed.length === 0
        ? { phase: 'succeeded' }
        : { phase: 'halted', ...(record.failure === undefined && { failure: notThere(failed) }) };
  }
}

function notBack(failed: readonly LedgerRow[]): Failure {
  return failureOf(failed, {
    prefix: failures.notBack,
    remedy: failures.notBackRemedy,
  });
}

function notThere(failed: readonly LedgerRow[]): Failure {
  return failureOf(failed, {
    prefix: failures.tolerated,
    remedy: failures.toleratedRemedy,
  });
}
