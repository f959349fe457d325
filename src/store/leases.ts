import { z } from 'zod';
import { schemaOf } from '../core/model/schemas.ts';
import { fingerprint } from '../core/model/canonical.ts';
import type { HeldLease, Lease, Queued } from '../core/record/lease.ts';
import { isEnded } from '../core/record/phase.ts';
import { STARTING_SECONDS } from '../core/run/lease-health.ts';
import { aheadOf, withoutQueued } from '../core/run/queue.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store, Stored } from './port.ts';
import { readRollout } from './rollouts.ts';
import { noteEnd } from './set-ends.ts';

export type Acquired =
  | { readonly kind: 'held'; readonly lease: Lease }
  /** Where nobody holds it, `holder` is the first of those that wait for it. */
  | { readonly kind: 'busy'; readonly holder: string }
  /** It waited, and another one has taken its place. */
  | { readonly kind: 'replaced'; readonly by: string };

const keyAt = (id: string) => ({ table: 'leases', partition: 'leases', row: id }) as const;
const keyOf = (scaleSet: string) => keyAt(leaseId(scaleSet));

/** What a lease is called: a scale set's id has characters that neither a row nor a path may have. */
export function leaseId(scaleSet: string): string {
  // fence I8: the case of a scale set's id makes it no other one
  return fingerprint(scaleSetKey(scaleSet));
}

const place = schemaOf<Queued>()(
  z.strictObject({
    rolloutId: z.string(),
    by: z.string(),
    since: z.string(),
    pipeline: z.exactOptional(z.string()),
    replacedBy: z.exactOptional(z.string()),
  }),
);

const format = schemaOf<Lease>()(
  z.strictObject({
    scaleSet: z.string(),
    token: z.int().positive(),
    rolloutId: z.exactOptional(z.string()),
    since: z.string(),
    queue: z.exactOptional(z.array(place)),
  }),
);

function leaseIn({ row, value }: Stored): Lease {
  return unseal(value, format, `lease ${row}`);
}

export async function readLease({ documents }: Store, scaleSet: string): Promise<Lease | undefined> {
  const stored = await documents.get(keyOf(scaleSet));
  return stored && leaseIn(stored);
}

/**
 * Reserves a scale set for one rollout, unless another one holds it or comes before this one. Asking again for the same
 * rollout gives the same lease.
 */
export async function acquireLease(
  store: Store,
  wanted: Omit<HeldLease, 'token' | 'queue'>,
): Promise<Acquired> {
  const key = keyOf(wanted.scaleSet);
  const { rolloutId, since } = wanted;
  for (;;) {
    const stored = await store.documents.get(key);
    if (stored === undefined) {
      const lease = { ...wanted, token: 1 };
      // fence I8: a lease goes to one of two who ask at once
      if ((await store.documents.insert(key, seal(lease))) !== undefined) return { kind: 'held', lease };
      continue;
    }
    const present = leaseIn(stored);
    if (present.rolloutId === rolloutId) return { kind: 'held', lease: present };
    const by = present.queue?.find((queued) => queued.rolloutId === rolloutId)?.replacedBy;
    // fence I8: a rollout whose place another one has taken gets no turn
    if (by !== undefined) return { kind: 'replaced', by };
    const { rolloutId: taken } = present;
    if (taken !== undefined && !(await isAbandoned(store, { ...present, rolloutId: taken }, since))) {
      // fence I8: a scale set that is taken stays with its holder
      return { kind: 'busy', holder: taken };
    }
    const ahead = aheadOf(present, rolloutId);
    const first = await firstAlive(store, ahead, since);
    // fence I8: nobody overtakes a rollout that waits
    if (first !== undefined) return { kind: 'busy', holder: first };
    const others = withoutQueued(present, [...ahead.map((queued) => queued.rolloutId), rolloutId]);
    // fence I8: every holder has a greater token
    const lease = { ...others, ...wanted, token: present.token + 1 };
    // fence I8: a lease that came free goes to one of two who ask at once
    if ((await store.documents.replace(key, seal(lease), stored.etag)) !== undefined)
      return { kind: 'held', lease };
  }
}

async function firstAlive(
  store: Store,
  waiting: readonly Queued[],
  now: string,
): Promise<string | undefined> {
  for (const queued of waiting) if (!(await isAbandoned(store, queued, now))) return queued.rolloutId;
  return undefined;
}

/** Its rollout has ended and died before it could release, or it has no record: its start did not finish. */
async function isAbandoned(
  store: Store,
  { rolloutId, since }: Pick<Queued, 'rolloutId' | 'since'>,
  now: string,
): Promise<boolean> {
  const holder = await readRollout(store, rolloutId);
  if (holder !== undefined) {
    if (!isEnded(holder.record.phase)) return false;
    await noteEnd(store, holder.record);
    return true;
  }
  // fence I10: a lease of a start that died is taken after a while
  return Date.parse(now) - Date.parse(since) > STARTING_SECONDS * 1000;
}

/** Frees the scale set if this rollout still holds it with this token. */
export async function releaseLease(store: Store, held: Claim): Promise<void> {
  const key = keyOf(held.scaleSet);
  for (;;) {
    const stored = await store.documents.get(key);
    const present = stored && leaseIn(stored);
    // fence I8: nobody frees a lease that is another holder's
    if (stored === undefined || present?.rolloutId !== held.rolloutId || present.token !== held.token) return;
    const { rolloutId: _holder, ...free } = present;
    // Somebody who joins the queue meanwhile moves the lease, too.
    if ((await store.documents.replace(key, seal({ ...free, since: held.since }), stored.etag)) !== undefined)
      return;
  }
}

async function listLeases({ documents }: Store): Promise<readonly Lease[]> {
  const rows = await documents.list('leases', 'leases');
  return rows.map((row) => leaseIn(row));
}

export async function listHeldLeases(store: Store): Promise<readonly HeldLease[]> {
  return (await listLeases(store)).filter((lease): lease is HeldLease => lease.rolloutId !== undefined);
}

/** A rollout's claim to a scale set: its lease, or with token 0 its place among those that wait. */
export type Claim = Omit<HeldLease, 'queue'>;

/** Of every rollout that holds a scale set, or waits for one. */
export async function listClaims(store: Store): Promise<readonly Claim[]> {
  return (await listLeases(store)).flatMap(({ queue = [], rolloutId, ...lease }) => [
    ...(rolloutId === undefined ? [] : [{ ...lease, rolloutId }]),
    ...queue.map((queued) => ({
      scaleSet: lease.scaleSet,
      rolloutId: queued.rolloutId,
      token: 0,
      since: queued.since,
    })),
  ]);
}

/** A lease as it was read: only who knows its ETag may replace it. */
export interface StoredLease {
  readonly id: string;
  readonly lease: Lease;
  readonly etag: string;
}

export async function readLeaseById({ documents }: Store, id: string): Promise<StoredLease | undefined> {
  const stored = await documents.get(keyAt(id));
  return stored && { id, lease: leaseIn(stored), etag: stored.etag };
}

/** Writes the lease as it shall be; false when somebody else was faster. */
export async function replaceLease(
  { documents }: Store,
  stored: StoredLease,
  lease: Lease,
): Promise<boolean> {
  return (await documents.replace(keyAt(stored.id), seal(lease), stored.etag)) !== undefined;
}
