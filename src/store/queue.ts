import type { HeldLease, Lease, Queued } from '../core/record/lease.ts';
import { aheadOf, withoutQueued, withQueued } from '../core/run/queue.ts';
import { acquireLease, leaseId, readLeaseById, releaseLease, replaceLease } from './leases.ts';
import type { Claim } from './leases.ts';
import type { Store } from './port.ts';

/*
 * The queue of a scale set stands in its lease: who takes it, who waits and who takes whose place is one document, so
 * that nothing can come between them.
 */

export type Turn =
  | { readonly kind: 'held'; readonly lease: Lease }
  | {
      readonly kind: 'queued';
      /** Who holds the scale set, or comes next. */
      readonly holder: string;
      /** 1 for the next one. */
      readonly place: number;
      /** Those whose place it has taken. */
      readonly replaced: readonly string[];
    }
  | { readonly kind: 'replaced'; readonly by: string };

export interface Waiter {
  readonly scaleSet: string;
  readonly queued: Queued;
  readonly now: string;
  /** Whether it may take the place of this one, which is of the same pipeline. */
  readonly mayReplace?: (queued: Queued) => boolean;
}

/** Reserves the scale set, or a place among those that wait for it; asking again for the same rollout changes nothing. */
export async function takeTurn(store: Store, { scaleSet, queued, now, mayReplace }: Waiter): Promise<Turn> {
  const { rolloutId } = queued;
  for (;;) {
    const acquired = await acquireLease(store, { scaleSet, rolloutId, since: now });
    if (acquired.kind !== 'busy') return acquired;
    const stored = await readLeaseById(store, leaseId(scaleSet));
    if (stored === undefined) continue;
    const lease = withQueued(stored.lease, queued, mayReplace);
    // fence I8: nobody is lost from the queue when two join it at once
    if (lease !== stored.lease && !(await replaceLease(store, stored, lease))) continue;
    const replaced = (lease.queue ?? []).filter(({ replacedBy }) => replacedBy === rolloutId);
    return {
      kind: 'queued',
      holder: acquired.holder,
      place: aheadOf(lease, rolloutId).length + 1,
      replaced: replaced.map((one) => one.rolloutId),
    };
  }
}

/** Gives up a rollout's claim: the scale set goes to the next one, or the others move up. */
export async function releaseClaim(store: Store, claim: Claim): Promise<void> {
  if (claim.token > 0) return releaseLease(store, claim);
  for (;;) {
    const stored = await readLeaseById(store, leaseId(claim.scaleSet));
    const lease = stored && without(stored.lease, claim);
    if (stored === undefined || lease === undefined) return;
    if (await replaceLease(store, stored, lease)) return;
  }
}

/** It may have got its turn and died before its record said so. */
function without(lease: Lease | HeldLease, { rolloutId, since }: Claim): Lease | undefined {
  if (lease.rolloutId === rolloutId) {
    const { rolloutId: _holder, ...free } = lease;
    return { ...free, since };
  }
  const isWaiting = lease.queue?.some((queued) => queued.rolloutId === rolloutId) === true;
  return isWaiting ? withoutQueued(lease, [rolloutId]) : undefined;
}
