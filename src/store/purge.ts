import { z } from 'zod';
import { maybe, schemaOf, text } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import { dropKey } from './keys.ts';
import { AUDIT, CHAIN, HEAD, TABLE } from './partition.ts';
import { dropPlan } from './plans.ts';
import type { DocumentKey, Store } from './port.ts';
import { dropSecrets } from './secrets.ts';

/** How far lists have been looked through; absent at their beginning. */
export interface Cursor {
  readonly rollouts?: string;
  readonly keys?: string;
}

const format = schemaOf<Cursor>()(z.strictObject({ rollouts: maybe(text), keys: maybe(text) }));
const CURSOR: DocumentKey = { table: 'switches', partition: 'purge', row: 'cursor' };

export async function readCursor({ documents }: Store): Promise<Cursor> {
  const stored = await documents.get(CURSOR);
  return stored === undefined ? {} : unseal(stored.value, format, 'the cursor of the purge');
}

/** Two purges at once look at the same twice, which does no harm. */
export async function writeCursor({ documents }: Store, cursor: Cursor): Promise<void> {
  await documents.putAll(CURSOR.table, CURSOR.partition, [{ row: CURSOR.row, value: seal(cursor) }]);
}

/** From now on there is no such rollout, for whoever asks; the rest of it is only litter. */
export async function removeHead(store: Store, id: string, keyRow?: string): Promise<void> {
  // Whoever asks again with its key begins a new rollout, and never one among the remains of this.
  if (keyRow !== undefined) await dropKey(store, keyRow, id);
  // This first: what is half purged is found by nobody.
  await store.documents.remove({ table: TABLE, partition: id, row: HEAD });
}

const PAGE = 100;
const MOST_PAGES = 10;

/** Removes what is left of a rollout that has no head, but for its audit; false where there is more of it than fits into one go. */
export async function removeRest(store: Store, id: string): Promise<boolean> {
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const found = await store.documents.list(TABLE, id, { after: CHAIN, before: AUDIT, top: PAGE });
    if (found.length > 0)
      await store.documents.removeAll(
        TABLE,
        id,
        found.map(({ row }) => row),
      );
    if (found.length < PAGE) {
      await dropPlan(store, id);
      await dropSecrets(store, id);
      return true;
    }
  }
  return false;
}
