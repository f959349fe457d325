import { audit } from '../../core/messages/audit.ts';
import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import { isOver } from '../../core/record/ledger.ts';
import { batchName, withBatch } from '../../core/record/progress.ts';
import type { Gate, RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { dueBefore, isBehind, judgeGate, needsApproval } from '../../core/run/gate.ts';
import { backOnDuty, expiryOf, isEndless } from '../../core/run/duty.ts';
import { closedAt } from '../../core/run/window.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';

/** Opens the gate before a batch: not while the rollout is paused, and after the approvals that the spec asks for. */
export const openGate = defineStep({
  name: 'openGate',
  async run(step) {
    const { record } = step;
    if (record.openBatch === step.batch || isBehind(record, step.batch)) return { kind: 'done' };
    const due = dueBefore(record, step.batch);
    // fence I4: no batch opens before those that come first are over, whoever has started the workflow
    if (due !== undefined) return { kind: 'done', batch: due };
    const rows = step.records.rows.filter(({ batch }) => batch === step.batch);
    const isEmpty = rows.length > 0 && rows.every((row) => isOver(row));
    // Also a gate whose batch is skipped stands before the model's change, which every other batch follows.
    // fence I4: the gate asks before the model is written, also when its batch is skipped
    const isAsked = needsApproval(record, step.batch) && (!isEmpty || record.modelState === 'before');
    if (isAsked) return askApproval(step, step.batch);
    if (isEmpty && record.modelState !== 'before') return open(step, step.batch, []);
    if (isEmpty) return openInWindow(step, step.batch, []);
    return step.standing.paused ? waitWhilePaused(step) : openInWindow(step, step.batch, []);
  },
});

async function askApproval(step: Step, batch: number): Promise<Answer> {
  const { record, commands, now } = step;
  const gate = record.gate?.batch === batch ? record.gate : newGate(record, batch, now);
  const verdict = judgeGate(record, gate, commands, now);
  switch (verdict.kind) {
    case 'closed':
      return waitForApproval(step, gate, verdict.approvals);
    case 'open':
      // fence I6: a pause holds a gate that was approved
      if (step.standing.paused) return waitWhilePaused(step);
      return openInWindow(step, batch, verdict.by);
    case 'rejected': {
      const { by, reason } = verdict.command;
      return reject(step, 'rejected', failures.rejected(batchName(record, batch), by, reason));
    }
    case 'expired':
      return reject(step, 'approvalExpired', failures.approvalExpired(batchName(record, batch), gate.until));
  }
}

function newGate({ spec, planHash = '', modelHash = '' }: RolloutRecord, batch: number, now: number): Gate {
  const until = new Date(expiryOf(spec.approvals, now)).toISOString();
  return { batch, since: new Date(now).toISOString(), until, planHash, modelHash };
}

async function waitForApproval(step: Step, gate: Gate, approvals: number): Promise<Answer> {
  const { record, now } = step;
  const { quorum } = record.spec.approvals;
  const isNew = record.gate?.since !== gate.since;
  const { pausedBy } = step.standing;
  const back = backOnDuty(record.spec.approvals, now);
  const name = batchName(record, gate.batch);
  const endless = isEndless(gate);
  const message = waits.approval(name, { approvals, quorum, pausedBy, back: isoOf(back), endless });
  return wait(step, {
    seconds: (Math.min(Date.parse(gate.until), back ?? Number.POSITIVE_INFINITY) - now) / 1000,
    phase: 'waiting',
    waitingFor: { kind: 'approval', batch: gate.batch, ...(!endless && { until: gate.until }), message },
    changes: {
      gate,
      batch: gate.batch,
      batches: withBatch(record.batches, gate.batch, { phase: 'waiting' }),
    },
    events: isNew ? [{ kind: 'approvalRequested', batch: gate.batch, message }] : [],
  });
}

function isoOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** A batch that was approved waits for its window; one that has begun goes on after it. */
async function openInWindow(step: Step, batch: number, by: readonly string[]): Promise<Answer> {
  const { record, commands, now } = step;
  const closed = closedAt(record, commands, now);
  // fence I4: no batch begins while its window is closed
  if (closed === undefined) return open(step, batch, by);
  const name = batchName(record, batch);
  const until = isoOf(closed.until);
  const message =
    closed.why === 'startAt' && until !== undefined ? waits.startAt(name, until) : waits.window(name, until);
  return wait(step, {
    seconds: ((closed.until ?? Number.POSITIVE_INFINITY) - now) / 1000,
    phase: 'waiting',
    waitingFor: { kind: 'window', batch, ...(until !== undefined && { until }), message },
    changes: { batch, batches: withBatch(record.batches, batch, { phase: 'waiting' }) },
  });
}

/** From here on the approval is spent: it opens just this batch, once. */
async function open(step: Step, batch: number, by: readonly string[]): Promise<Answer> {
  const { record } = step;
  const name = batchName(record, batch);
  const event =
    record.gate?.batch === batch
      ? ({ kind: 'approved', batch, message: audit.approved(name, by) } as const)
      : ({ kind: 'batchBegan', batch, message: audit.batchBegan(name) } as const);
  const phase = record.modelState === 'before' ? 'applyingModel' : 'upgrading';
  await finish(step, { phase, openBatch: batch, batch, gate: undefined }, [event]);
  return { kind: 'done' };
}

async function reject(step: Step, code: string, message: string): Promise<Answer> {
  return redirect(step, {
    direction: 'stop',
    endsAs: 'rejected',
    failure: { code, message, remedy: failures.rejectedRemedy },
    message,
  });
}
