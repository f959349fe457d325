import { audit, workflows } from '../messages/audit.ts';
import type { RolloutEvent } from '../record/events.ts';
import type { RolloutRecord, WaitingFor } from '../record/rollout.ts';

/** What the host says about a rollout's workflow; `unknown` while it does not answer. */
export type Workflow = { readonly kind: 'running' | 'unknown' } | DeadWorkflow;

export interface DeadWorkflow {
  readonly kind: 'none';
  readonly how: 'failed' | 'stopped' | 'ended' | 'missing';
}

/**
 * A workflow that fails as soon as it runs is not restarted without a pause, however often somebody asks; and one that
 * is not there yet may be about to be started by the request that accepted the rollout.
 */
const BREAK_SECONDS = 15;

/** What the rollout waits for, as shown: while its workflow is being restarted, for that. */
export function waitOf({ recovery, waitingFor }: RolloutRecord): WaitingFor | undefined {
  if (recovery?.message === undefined) return waitingFor;
  return { kind: 'recovery', since: recovery.at, message: recovery.message };
}

/** A restart that is due: the new record, and the event for it. */
export interface Recovery {
  readonly kind: 'start';
  readonly record: RolloutRecord;
  readonly event: RolloutEvent;
}

/**
 * Whether to restart a dead workflow now. If not, it was restarted a moment ago and will be again if that failed; the
 * record only shows so.
 */
export function judgeDead(
  record: RolloutRecord,
  { how }: DeadWorkflow,
  now: number,
): Recovery | { readonly kind: 'wait'; readonly record: RolloutRecord } {
  const isNew = record.phase === 'accepted' && how === 'missing';
  const lastStart = record.recovery?.at ?? (isNew ? record.createdAt : undefined);
  const why = workflows[how];
  const message = workflows.restarting(why);
  // fence I10: a workflow that fails at once is not started without a break
  if (lastStart !== undefined && now - Date.parse(lastStart) < BREAK_SECONDS * 1000) {
    return { kind: 'wait', record: { ...record, ...(!isNew && { recovery: { at: lastStart, message } }) } };
  }
  return {
    kind: 'start',
    record: { ...record, recovery: { at: new Date(now).toISOString(), message } },
    event: { kind: 'recovered', message: audit.recovered(why) },
  };
}
