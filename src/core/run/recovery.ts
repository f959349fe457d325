import { audit, workflows } from '../messages/audit.ts';
import type { RolloutEvent } from '../record/events.ts';
import type { RolloutRecord, WaitingFor } from '../record/rollout.ts';

/** The host's word on a rollout's workflow; `unknown` while it does not say. */
export type Workflow = { readonly kind: 'running' | 'unknown' } | DeadWorkflow;

export interface DeadWorkflow {
  readonly kind: 'none';
  readonly how: 'failed' | 'stopped' | 'ended' | 'missing';
}

/**
 * A workflow that fails as soon as it runs is not started without a break, however often somebody asks for it; and one
 * that is not there yet may be about to be started by whoever has accepted the rollout.
 */
const BREAK_SECONDS = 15;

/** What the rollout waits for, as it is shown: while its workflow is started again, for that. */
export function waitOf({ recovery, waitingFor }: RolloutRecord): WaitingFor | undefined {
  if (recovery?.message === undefined) return waitingFor;
  return { kind: 'recovery', since: recovery.at, message: recovery.message };
}

/** A start that is due: the record as it is to be, and what to tell of it. */
export interface Recovery {
  readonly kind: 'start';
  readonly record: RolloutRecord;
  readonly event: RolloutEvent;
}

/**
 * Whether to start a dead workflow now. Else it has been started a moment ago, and will be again if that came to
 * nothing; the record is then only to be shown so.
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
