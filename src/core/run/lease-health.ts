import { leases } from '../messages/leases.ts';
import type { HeldLease, Lease } from '../record/lease.ts';
import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { Workflow } from './recovery.ts';

/** What can be done about a lease whose holder is stuck: free the scale set, or restart the holder's workflow. */
export type Cure = 'free' | 'restart';

export type LeaseHealth =
  | { readonly state: 'live' | 'starting' | 'unknown'; readonly message: string }
  | { readonly state: 'ended' | 'noRecord' | 'notRunning'; readonly message: string; readonly cure: Cure };

/** A start takes its lease, writes its record, then starts its workflow; one that is not done after this long is dead. */
export const STARTING_SECONDS = 120;

/** Whether the holder of a lease is still working, and if not, what to do about it. */
export function judgeLease({
  lease,
  record,
  workflow,
  now,
}: {
  readonly lease: Omit<HeldLease, 'queue'>;
  readonly record: RolloutRecord | undefined;
  readonly workflow: Workflow;
  readonly now: number;
}): LeaseHealth {
  const { rolloutId } = lease;
  if (record !== undefined && isEnded(record.phase)) {
    const message = leases.ended(rolloutId, record.phase);
    return { state: 'ended', message, cure: 'free' };
  }
  if (record !== undefined && workflow.kind === 'running')
    return { state: 'live', message: leases.live(rolloutId) };
  if (now - Date.parse(lease.since) <= STARTING_SECONDS * 1000)
    return {
      state: 'starting',
      message: leases.starting(rolloutId),
    };
  if (record === undefined) {
    const message = leases.noRecord(rolloutId);
    return { state: 'noRecord', message, cure: 'free' };
  }
  if (workflow.kind === 'unknown') return { state: 'unknown', message: leases.unknown(rolloutId) };
  const message = leases.notRunning(rolloutId, record.phase);
  return { state: 'notRunning', message, cure: 'restart' };
}

/** Greater than any token so far: a holder that only seemed dead can no longer write. */
export function nextToken(lease: Lease, record: RolloutRecord | undefined): number {
  // fence I8: no lease is taken over but with a new token
  return Math.max(lease.token, record?.fencingToken ?? 0) + 1;
}
