import { isOver } from '../../core/record/ledger.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { Gate, RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { judgeGate, needsApproval } from '../../core/run/gate.ts';
import { begin } from '../begin.ts';
import { finish, turnTo, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import { waitWhilePaused } from '../frame/paused.ts';

/** Opens the gate before a batch: not while the rollout is paused, and after the approvals that the spec asks for. */
export const openGate = defineStep({
  name: 'openGate',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.opened === input.batch || isBehind(record, input.batch)) return { kind: 'done' };
    const rows = brief.records.rows.filter(({ batch }) => batch === input.batch);
    const isEmpty = rows.length > 0 && rows.every((row) => isOver(row));
    // Also a gate whose batch is skipped stands before the model's change, which every other batch follows.
    // fence I4: the gate asks before the model is written, also when its batch is skipped
    const isAsked = needsApproval(record, input.batch) && (!isEmpty || record.modelState === 'before');
    if (isAsked) return askApproval(brief, input.batch);
    if (isEmpty) return open(brief, input.batch, []);
    return brief.standing.paused ? waitWhilePaused(brief) : open(brief, input.batch, []);
  },
});

/** A batch that has ended needs no gate; a new generation of the workflow comes past it again. */
function isBehind({ batches }: RolloutRecord, batch: number): boolean {
  const phase = batches[batch]?.phase;
  return phase === 'succeeded' || phase === 'failed' || phase === 'skipped';
}

async function askApproval(brief: Brief, batch: number): Promise<Answer> {
  const { record, commands, now } = brief;
  const gate = record.gate?.batch === batch ? record.gate : newGate(record, batch, now);
  const verdict = judgeGate(record, gate, commands, now);
  switch (verdict.kind) {
    case 'closed':
      return waitForApproval(brief, gate, verdict.approvals);
    case 'open':
      // fence I6: a pause holds a gate that was approved
      if (brief.standing.paused) return waitWhilePaused(brief);
      return open(brief, batch, verdict.by);
    case 'rejected': {
      const { by, reason } = verdict.command;
      const message = `batch ${batch} was rejected by ${by}${reason === undefined ? '' : `: ${reason}`}`;
      return reject(brief, 'rejected', message);
    }
    case 'expired':
      return reject(brief, 'approvalExpired', `nobody approved batch ${batch} before ${gate.until}`);
  }
}

function newGate({ spec, planHash = '', modelHash = '' }: RolloutRecord, batch: number, now: number): Gate {
  const until = new Date(now + spec.approvals.timeoutSeconds * 1000).toISOString();
  return { batch, since: new Date(now).toISOString(), until, planHash, modelHash };
}

async function waitForApproval(brief: Brief, gate: Gate, approvals: number): Promise<Answer> {
  const { record, now } = brief;
  const { quorum } = record.spec.approvals;
  const many = quorum === 1 ? 'an approval' : `${quorum} approvals, has ${approvals}`;
  const isNew = record.gate?.since !== gate.since;
  const { pausedBy } = brief.standing;
  const paused =
    pausedBy === undefined ? '' : `; it is paused by ${pausedBy}, too: vmss-rollout resume ${record.id}`;
  const message = `batch ${gate.batch} of ${record.batches.length} waits for ${many}: vmss-rollout approve ${record.id} --batch ${gate.batch}${paused}`;
  return wait(brief, {
    seconds: (Date.parse(gate.until) - now) / 1000,
    phase: 'waiting',
    waitingFor: { kind: 'approval', batch: gate.batch, until: gate.until, message },
    changes: {
      gate,
      batch: gate.batch,
      batches: withBatch(record.batches, gate.batch, { phase: 'waiting' }),
    },
    happenings: isNew ? [{ kind: 'gateOpened', batch: gate.batch, message }] : [],
  });
}

/** From here on the approval is spent: it opens just this batch, once. */
async function open(brief: Brief, batch: number, by: readonly string[]): Promise<Answer> {
  const message =
    by.length === 0 ? `batch ${batch} may begin` : `batch ${batch} may begin, approved by ${by.join(', ')}`;
  const phase = brief.record.modelState === 'before' ? 'applyingModel' : 'upgrading';
  await finish(brief, { phase, opened: batch, batch, gate: undefined }, [{ kind: 'opened', batch, message }]);
  return { kind: 'done' };
}

async function reject(brief: Brief, code: string, message: string): Promise<Answer> {
  return turnTo(brief, {
    course: { kind: 'stop', phase: 'rejected' },
    failure: { code, message, remedy: 'start a new rollout when it may go on' },
    message,
  });
}
