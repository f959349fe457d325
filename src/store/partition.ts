import { z } from 'zod';
import { schemaOf, texts } from '../core/model/schemas.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import type { Cipher } from './cipher.ts';
import { rolloutRecord } from './formats/record.ts';
import { seal, unseal } from './formats/format.ts';
import { createMemo, frozen } from './memo.ts';
import type { Memo } from './memo.ts';
import type { Stored } from './port.ts';
import { remembering } from './remembering.ts';

/*
 * All that is kept of one rollout is one partition, so that one transaction can change any of it: commands, the head,
 * chunks of operations and of rows, the trail of events, the audit. In this order, so that one request reads what a step needs, or
 * only what a look needs.
 */

export const TABLE = 'rollouts';

/** The record, and the names of the chunks that hold beside it. Every change of a rollout replaces it. */
export const HEAD = 'head';

/** How far the audit's chain has come; whoever reads the head reads it, too. */
export const CHAIN = 'chain';

/** Strictly before these rows stand the chain's head, the command log and the head; or these and all chunks. */
export const AFTER_HEAD = 'operations-';
export const AFTER_CHUNKS = 'trail-';

/** The records of the chain, after all else: no step reads them, and no purge removes them. */
export const AUDIT = 'z-audit-';

const CHUNKED = ['operations', 'rows'] as const;
export type Chunked = (typeof CHUNKED)[number];

export function isChunk(row: string): boolean {
  return CHUNKED.some((kind) => row.startsWith(`${kind}-`));
}

export function commandRow(sequence: number): string {
  return `command-${padded(sequence)}`;
}

/** Where the events of one commit are kept, by the number of the first. */
export function trailRow(sequence: number): string {
  return `trail-${padded(sequence)}`;
}

/** Where the records of one commit are kept, by the number of the first. */
export function auditRow(number: number): string {
  return `${AUDIT}${padded(number)}`;
}

/** Text order is number order. */
function padded(number: number): string {
  return String(number).padStart(8, '0');
}

export interface Head {
  readonly record: RolloutRecord;
  readonly chunks: Readonly<Record<Chunked, readonly string[]>>;
}

/** Of a record what may hold keys or signed URLs, or a fingerprint of such. */
const HIDDEN = [
  'spec',
  'sideEffects',
  'modelHash',
  'leftHash',
  'gate',
  'modelSecrets',
] as const satisfies readonly (keyof RolloutRecord)[];

const headFormat = schemaOf<Head>()(
  z.strictObject({
    record: rolloutRecord,
    chunks: z.strictObject({ operations: texts, rows: texts }),
  }),
);

/** What has to be hidden is encrypted; version 1 of the format had no such part. */
export function sealHead({ record, chunks }: Head, cipher: Cipher): object {
  const fields = Object.entries(record);
  const isHidden = ([name]: readonly [string, unknown]): boolean =>
    (HIDDEN as readonly string[]).includes(name);
  return seal({
    record: Object.fromEntries(fields.filter((field) => !isHidden(field))),
    hidden: encrypted(Object.fromEntries(fields.filter(isHidden)), record.id, cipher),
    chunks,
  });
}

export function unsealHead(id: string, { value }: Stored, cipher: Cipher): Head {
  return unseal(value, headFormat, `the record of rollout ${id}`, ({ hidden, record, ...rest }) => {
    // What is no text is left where the format has no place for it.
    if (typeof hidden !== 'string') return { record, ...rest, ...(hidden !== undefined && { hidden }) };
    return { ...rest, record: { ...(record as object), ...decrypted(hidden, id, cipher) } };
  });
}

/** What was decrypted last, read: most of it stays the same from one commit to the next. */
const remembered = new WeakMap<Cipher, Memo<object>>();
const MOST_REMEMBERED = 100;

function partsOf(cipher: Cipher): Memo<object> {
  const known = remembered.get(cipher) ?? createMemo<object>(MOST_REMEMBERED);
  remembered.set(cipher, known);
  return known;
}

function encrypted(part: object, id: string, cipher: Cipher): string {
  return remembering(cipher).encrypt(JSON.stringify(part), placeOf(id));
}

function decrypted(hidden: string, id: string, cipher: Cipher): object {
  const place = placeOf(id);
  return partsOf(cipher).get(`${place} ${hidden}`, () =>
    frozen(JSON.parse(cipher.decrypt(hidden, place)) as object),
  );
}

function placeOf(id: string): string {
  return `${TABLE}/${id}/${HEAD}`;
}
