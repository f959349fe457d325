import { z } from 'zod';
import { BEFORE_ALL } from '../core/audit/chain.ts';
import type { Anchor } from '../core/audit/anchor.ts';
import { anchor as format } from '../core/audit/schemas.ts';
import { count, schemaOf, text, time } from '../core/model/schemas.ts';
import { seal, unseal, unsealText } from './formats/format.ts';
import type { DocumentKey, Store } from './port.ts';

/** `undefined` after the last one. */
export async function readAnchor({ anchors }: Store, number: number): Promise<Anchor | undefined> {
  const found = await anchors.read(nameOf(number));
  return found === undefined ? undefined : unsealText(found, format, `anchor ${number}`);
}

/** Writes an anchor that nobody can change or remove from then on; false where there is one of its number. */
export async function createAnchor({ anchors }: Store, anchor: Anchor): Promise<boolean> {
  return anchors.create(nameOf(anchor.number), JSON.stringify(seal(anchor)));
}

function nameOf(number: number): string {
  return `anchor-${String(number).padStart(8, '0')}`;
}

/** What the last anchor was, and how far chains had come by then that may have gone on since. */
export interface Anchored {
  readonly number: number;
  readonly hash: string;
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
}

const anchored = schemaOf<Anchored>()(
  z.strictObject({ number: count, hash: text, at: time, counts: z.record(text, count) }),
);
const LAST: DocumentKey = { table: 'switches', partition: 'anchors', row: 'last' };

export async function readAnchored({ documents }: Store): Promise<Anchored> {
  const stored = await documents.get(LAST);
  if (stored === undefined) return { number: 0, hash: BEFORE_ALL, at: '', counts: {} };
  return unseal(stored.value, anchored, 'the last anchor');
}

/** Two at once note what is there anyway. */
export async function noteAnchored({ documents }: Store, last: Anchored): Promise<void> {
  await documents.putAll(LAST.table, LAST.partition, [{ row: LAST.row, value: seal(last) }]);
}
