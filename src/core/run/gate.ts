import { isSameCaller, keyOf } from '../access/caller.ts';
import type { Command } from '../record/command.ts';
import type { Gate, RolloutRecord } from '../record/rollout.ts';

export type GateVerdict =
  | { readonly kind: 'open'; readonly by: readonly string[] }
  | { readonly kind: 'closed'; readonly approvals: number }
  | { readonly kind: 'rejected'; readonly command: Command }
  | { readonly kind: 'expired' };

/**
 * Who has approved this gate. Each person counts once, only for the gate that was open when the approval arrived, and
 * the requester never counts if the spec says so.
 */
export function judgeGate(
  record: RolloutRecord,
  gate: Gate,
  commands: readonly Command[],
  now: number,
): GateVerdict {
  const { approvals } = record.spec;
  const meant = commands.filter(
    ({ batch, gateSince, at }) =>
      // fence I4: an approval counts for its own batch
      batch === gate.batch &&
      // fence I4: an approval counts for the gate that stood open when it came
      gateSince === gate.since &&
      // fence I4: an approval that comes too late does not count
      at <= gate.until,
  );
  const rejection = meant.find(({ command }) => command === 'reject');
  if (rejection !== undefined) return { kind: 'rejected', command: rejection };
  // fence I4: the requester's approval does not count where the spec says so
  // fence I4: one person approves once
  const approvers = new Map(
    meant
      .filter(
        ({ command, by }) =>
          command === 'approve' && (approvals.allowRequester || !isSameCaller(by, record.requestedBy)),
      )
      .map(({ by }) => [keyOf(by), by]),
  );
  // fence I4: as many people must approve as the quorum says
  if (approvers.size >= approvals.quorum) return { kind: 'open', by: [...approvers.values()] };
  if (now < Date.parse(gate.until)) return { kind: 'closed', approvals: approvers.size };
  // fence I4: a gate that nobody approves in time does not open
  return approvals.onTimeout === 'approve' ? { kind: 'open', by: [] } : { kind: 'expired' };
}

/** A batch that has ended needs no gate; a new generation of the workflow passes it again. */
export function isBehind({ batches }: RolloutRecord, batch: number): boolean {
  const phase = batches[batch]?.phase;
  return phase === 'succeeded' || phase === 'failed' || phase === 'skipped';
}

/**
 * The first batch that is not over, if it comes before this one: it goes first. A rollout without instances has the gate
 * of its first batch all the same, since its model is written behind it.
 */
export function dueBefore(record: RolloutRecord, batch: number): number | undefined {
  if (record.batches.length === 0) return batch > 0 ? 0 : undefined;
  return record.batches.find(({ index }) => index < batch && !isBehind(record, index))?.index;
}

/** Whether the spec asks for an approval before this batch. */
export function needsApproval(record: RolloutRecord, batch: number): boolean {
  const { before } = record.spec.approvals;
  if (typeof before !== 'string') return before.includes(batch);
  return before === 'batch' || (before === 'rollout' && batch === 0);
}
