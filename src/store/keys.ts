import { fingerprint } from '../core/model/canonical.ts';
import type { Store } from './port.ts';

interface KeyEntry {
  readonly rolloutId: string;
  readonly specHash: string;
}

/** Which rollout an idempotency key stands for: the one noted first, whoever asks. */
export async function claimKey(store: Store, key: string, entry: KeyEntry): Promise<KeyEntry> {
  const document = { table: 'keys', partition: 'keys', row: fingerprint(key) } as const;
  if ((await store.documents.insert(document, entry)) !== undefined) return entry;
  const present = await store.documents.get(document);
  // fence I17: a start with the same key counts once
  return (present?.value as KeyEntry | undefined) ?? entry;
}
