import { z } from 'zod';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { texts } from './formats/parts.ts';
import { rolloutRecord } from './formats/record.ts';
import { formatOf, seal, unseal } from './formats/format.ts';
import type { Stored } from './port.ts';

/*
 * All that is kept of one rollout is one partition, so that one transaction can change any of it: commands, the head,
 * chunks of operations and of rows, the trail of events. In this order, so that one request reads what a step needs, or
 * only what a look needs.
 */

export const TABLE = 'rollouts';

/** The record, and the names of the chunks that hold beside it. Every change of a rollout replaces it. */
export const HEAD = 'head';

/** Strictly before these rows stand the command log and the head; or these and all chunks. */
export const AFTER_HEAD = 'operations-';
export const AFTER_CHUNKS = 'trail-';

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

/** Text order is number order. */
function padded(number: number): string {
  return String(number).padStart(8, '0');
}

export interface Head {
  readonly record: RolloutRecord;
  readonly chunks: Readonly<Record<Chunked, readonly string[]>>;
}

const headFormat = formatOf<Head>()(
  z.strictObject({
    record: rolloutRecord,
    chunks: z.strictObject({ operations: texts, rows: texts }),
  }),
);

export function sealHead(head: Head): object {
  return seal(head);
}

export function unsealHead(id: string, { value }: Stored): Head {
  return unseal(value, headFormat, `the record of rollout ${id}`);
}
