import { z } from 'zod';
import { fingerprint } from '../core/model/canonical.ts';
import { seal, unseal } from './formats/format.ts';
import type { DocumentKey, Store } from './port.ts';

const format = z.strictObject({ rolloutId: z.string(), specHash: z.string() });
export const keyRowOf = (key: string): string => fingerprint(key);

const keyAt = (row: string): DocumentKey => ({ table: 'keys', partition: 'keys', row });

type KeyEntry = Readonly<z.infer<typeof format>>;

/** Which rollout an idempotency key stands for: the one noted first, whoever asks. */
export async function claimKey(store: Store, key: string, entry: KeyEntry): Promise<KeyEntry> {
  const document = keyAt(keyRowOf(key));
  if ((await store.documents.insert(document, seal(entry))) !== undefined) return entry;
  const present = await store.documents.get(document);
  // fence I17: a start with the same key counts once
  return present === undefined ? entry : unseal(present.value, format, 'an idempotency key');
}

/** Forgets a key that stands for this rollout. */
export async function dropKey({ documents }: Store, row: string, rolloutId: string): Promise<void> {
  const present = await documents.get(keyAt(row));
  if (present === undefined) return;
  if (unseal(present.value, format, 'an idempotency key').rolloutId === rolloutId)
    await documents.remove(keyAt(row));
}

/** Keys and the rollouts that they stand for, in the order of their rows. */
export async function listKeys(
  { documents }: Store,
  top: number,
  after?: string,
): Promise<readonly { readonly row: string; readonly rolloutId: string }[]> {
  const found = await documents.list('keys', 'keys', { top, ...(after !== undefined && { after }) });
  return found.map(({ row, value }) => ({
    row,
    rolloutId: unseal(value, format, 'an idempotency key').rolloutId,
  }));
}
