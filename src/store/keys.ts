import { z } from 'zod';
import { fingerprint } from '../core/model/canonical.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

const format = z.strictObject({ rolloutId: z.string(), specHash: z.string() });
type KeyEntry = Readonly<z.infer<typeof format>>;

/** Which rollout an idempotency key stands for: the one noted first, whoever asks. */
export async function claimKey(store: Store, key: string, entry: KeyEntry): Promise<KeyEntry> {
  const document = { table: 'keys', partition: 'keys', row: fingerprint(key) } as const;
  if ((await store.documents.insert(document, seal(entry))) !== undefined) return entry;
  const present = await store.documents.get(document);
  // fence I17: a start with the same key counts once
  return present === undefined ? entry : unseal(present.value, format, 'an idempotency key');
}
