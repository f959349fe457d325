import { z } from 'zod';
import { fingerprint } from '../core/model/canonical.ts';
import { count, text, time } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import { readLease } from './leases.ts';
import type { Store } from './port.ts';

const TABLE = 'campaigns';
const PARTITION = 'shares';

const format = z.strictObject({
  /** By scale set: how many pages its list of instances has, and since when it is at work. */
  claims: z.array(z.strictObject({ scaleSet: text, pages: count, at: time })),
});
type Claim = z.infer<typeof format>['claims'][number];

/** A start takes its lease within this time, or it has died. */
const STARTING_MS = 120_000;

export interface Share {
  readonly subscriptionId: string;
  readonly location: string;
  readonly scaleSet: string;
  readonly pages: number;
}

/**
 * Takes a scale set's share of what the service reads for one subscription and region, across campaigns and processes;
 * false where there is no room. A share is released by nobody: it is its set's for as long as a rollout holds that.
 * Where it is not open nobody gets a new one.
 */
export async function takeShare(
  store: Store,
  { subscriptionId, location, scaleSet, pages }: Share,
  { most, now, isOpen }: { readonly most: number; readonly now: number; readonly isOpen: boolean },
): Promise<boolean> {
  const row = fingerprint(`${subscriptionId} ${location}`.toLowerCase());
  const key = { table: TABLE, partition: PARTITION, row } as const;
  for (;;) {
    const stored = await store.documents.get(key);
    const known = stored === undefined ? [] : unseal(stored.value, format, 'shares of a subscription').claims;
    const isOwn = (one: Claim): boolean => one.scaleSet === scaleSet.toLowerCase();
    // Asked again for a set that has begun, or is about to.
    if ((await atWork(store, known.filter(isOwn), now)).length > 0) return true;
    if (!isOpen) return false;
    const others = known.filter((one) => !isOwn(one));
    const fits = (claims: readonly Claim[]): boolean =>
      claims.length === 0 || claims.reduce((sum, one) => sum + one.pages, pages) <= most;
    // Most of the time nobody need ask which of them are still at work.
    const claims = fits(others) && others.length < MOST_CLAIMS ? others : await atWork(store, others, now);
    if (!fits(claims)) return false;
    const own = { scaleSet: scaleSet.toLowerCase(), pages, at: new Date(now).toISOString() };
    const value = seal({ claims: [...claims, own] });
    const done =
      stored === undefined
        ? await store.documents.insert(key, value)
        : await store.documents.replace(key, value, stored.etag);
    if (done !== undefined) return true;
  }
}

/** More are looked through for those whose rollouts have ended. */
const MOST_CLAIMS = 500;

async function atWork(store: Store, claims: readonly Claim[], now: number): Promise<readonly Claim[]> {
  const held = await Promise.all(
    claims.map(async (claim) => {
      if (now - Date.parse(claim.at) < STARTING_MS) return true;
      return (await readLease(store, claim.scaleSet))?.rolloutId !== undefined;
    }),
  );
  return claims.filter((_, index) => held[index] === true);
}
