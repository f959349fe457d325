import type { Ports } from '../activities/frame/ports.ts';
import { acts } from '../core/messages/acts.ts';
import { audit } from '../core/messages/audit.ts';
import type { Place } from '../core/access/area.ts';
import type { Denial } from '../core/access/rights.ts';
import type { HeldLease, Lease } from '../core/record/lease.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { nextToken } from '../core/run/lease-health.ts';
import type { Cure, LeaseHealth } from '../core/run/lease-health.ts';
import { leaseId, readLeaseById, replaceLease } from '../store/leases.ts';
import type { Store } from '../store/port.ts';
import { noteEnd } from '../store/set-ends.ts';
import { readRollout, RecordMovedError, rewriteRecord } from '../store/rollouts.ts';
import type { StoredRollout } from '../store/rollouts.ts';
import { noteAct } from './note-act.ts';
import { healthOf } from './view-leases.ts';
import type { Workflows } from './workflows.ts';

export type TakenOver =
  | { readonly kind: 'noLease' }
  /** The caller may not on this scale set. */
  | { readonly kind: 'denied'; readonly denial: Denial }
  /** Nobody holds it: perhaps an earlier request has done it already. */
  | { readonly kind: 'free'; readonly lease: Lease }
  | { readonly kind: 'refused'; readonly holder: string; readonly health: LeaseHealth }
  | { readonly kind: 'done'; readonly cure: Cure; readonly holder: string; readonly lease: Lease };

/** Who asks for it, and why. */
export interface Asked {
  readonly id: string;
  readonly by: string;
  readonly reason?: string | undefined;
  /** Why the caller may not, on this scale set. */
  readonly mayTake: (place: Place) => Denial | undefined;
}

/**
 * Takes a lease from a holder that is dead: gives the scale set free, or gives the holder a new token and starts its
 * workflow. What is judged is also what is replaced: whoever moves lease or record in between makes it judge anew.
 */
export async function takeOver(asked: Asked, ports: Ports, workflows: Workflows): Promise<TakenOver> {
  const { store, clock } = ports;
  for (;;) {
    const stored = await readLeaseById(store, asked.id);
    if (stored === undefined) return { kind: 'noLease' };
    const { lease } = stored;
    const { rolloutId: holder } = lease;
    const rollout = holder === undefined ? undefined : await readRollout(store, holder);
    const { scaleSet } = lease;
    const tags = rollout?.record.tags;
    const denial = asked.mayTake({ scaleSet, ...(tags !== undefined && { tags }) });
    if (denial !== undefined) return { kind: 'denied', denial };
    if (holder === undefined) return { kind: 'free', lease };
    const now = clock.now();
    const health = await healthOf({ ...lease, rolloutId: holder }, rollout?.record, { workflows, now });
    // fence I8: a holder that works keeps its lease
    if (!('cure' in health)) return { kind: 'refused', holder, health };

    await noteAct(ports, 'takeOverIntended', {
      by: asked.by,
      message: acts.takeOverIntended(asked.id, holder, asked.reason),
    });
    if (rollout !== undefined && isEnded(rollout.record.phase)) await noteEnd(store, rollout.record);
    const token = nextToken(lease, rollout?.record);
    const since = new Date(now).toISOString();
    const next = { ...(health.cure === 'free' ? withoutHolder(lease) : lease), token, since };
    if (
      rollout !== undefined &&
      !(await noteDown(store, rollout, { asked, since, token, cure: health.cure }))
    )
      continue;
    if (!(await replaceLease(store, stored, next))) continue;
    const message =
      health.cure === 'free' ? acts.freed(asked.id, token) : acts.restarted(asked.id, token, holder);
    await noteAct(ports, 'leaseTakenOver', { by: asked.by, message });
    if (health.cure === 'restart' && rollout !== undefined) await workflows.start(rollout.record);
    return { kind: 'done', cure: health.cure, holder, lease: next };
  }
}

/** Those that wait for it still do. */
function withoutHolder({ rolloutId: _holder, ...lease }: Lease): Lease {
  return lease;
}

/** The app died between the record's new token and the lease's: without this the rollout would fence itself out. */
export async function finishTakeOver(
  store: Store,
  lease: HeldLease,
  { fencingToken }: RolloutRecord,
): Promise<void> {
  if (fencingToken <= lease.token) return;
  const stored = await readLeaseById(store, leaseId(lease.scaleSet));
  if (stored?.lease.rolloutId !== lease.rolloutId || stored.lease.token !== lease.token) return;
  await replaceLease(store, stored, { ...stored.lease, token: fencingToken });
}

/** The event comes first: no lease changes hands unseen. False when the record has moved meanwhile. */
async function noteDown(
  store: Store,
  stored: StoredRollout,
  {
    asked: { by, reason },
    since,
    token,
    cure,
  }: { readonly asked: Asked; readonly since: string; readonly token: number; readonly cure: Cure },
): Promise<boolean> {
  const message = (cure === 'free' ? audit.leaseFreed : audit.leaseRestarted)(by, token, reason);
  const events = [{ kind: 'leaseTakenOver' as const, by, message }];
  const record = { ...stored.record, ...(cure === 'restart' && { fencingToken: token }) };
  try {
    await rewriteRecord(store, stored, { record, events, time: since });
    return true;
  } catch (error) {
    if (error instanceof RecordMovedError) return false;
    throw error;
  }
}
