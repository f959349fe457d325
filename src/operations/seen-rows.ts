import type { LedgerRow } from '../core/record/ledger.ts';
import type { Store } from '../store/port.ts';
import { readRecords } from '../store/records.ts';
import type { StoredRollout } from '../store/rollouts.ts';

type Rows = readonly LedgerRow[];

const kept = new WeakMap<Store, Map<string, Promise<Rows | undefined>>>();
/** A page shows one rollout; so many are looked at by many at one time. */
const MOST_KEPT = 8;

/**
 * The rows of a rollout for whoever only looks, the same list as long as nothing has changed: rows change in a commit of
 * the head only, so whoever has just read the head may share what was read of it before.
 */
export async function rowsOf(
  { record: { id }, etag }: Pick<StoredRollout, 'record' | 'etag'>,
  store: Store,
): Promise<Rows | undefined> {
  const seen = kept.get(store) ?? new Map<string, Promise<Rows | undefined>>();
  kept.set(store, seen);
  const key = `${id} ${etag}`;
  const rows = seen.get(key) ?? readRecords(store, id).then((records) => records?.rows);
  seen.delete(key);
  seen.set(key, rows);
  const [oldest = ''] = seen.keys();
  if (seen.size > MOST_KEPT) seen.delete(oldest);
  try {
    return await rows;
  } catch (error) {
    seen.delete(key);
    throw error;
  }
}
