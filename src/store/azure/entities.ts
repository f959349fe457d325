import { bytesOf, MOST_BYTES, MOST_DOCUMENTS } from '../limits.ts';
import type { Stored } from '../port.ts';

/** Azure Tables keep at most 32K UTF-16 units in one property. */
const MAX_PART = 30_000;

/** An entity as the client takes it: the text in parts, and the mark of the write that put it there. */
export type Entity = {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly write: string;
} & Readonly<Record<`text${number}`, string>>;

/** An entity as the client returns it. */
export interface KeptEntity {
  readonly rowKey?: string;
  readonly etag: string;
  readonly write?: unknown;
  readonly [name: string]: unknown;
}

export function toEntity(partition: string, row: string, text: string, write: string): Entity {
  return { partitionKey: partition, rowKey: row, write, ...toParts(text) };
}

/** The text is read on demand: many a chunk is known already. */
export function toStored(entity: KeptEntity): Stored {
  return {
    row: entity.rowKey ?? '',
    etag: entity.etag,
    get value() {
      return JSON.parse(textOf(entity)) as unknown;
    },
  };
}

function toParts(text: string): Record<`text${number}`, string> {
  const parts: Record<`text${number}`, string> = {};
  for (let start = 0, n = 0; start < text.length; start += MAX_PART, n += 1) {
    parts[`text${n}`] = text.slice(start, start + MAX_PART);
  }
  return parts;
}

function textOf(entity: KeptEntity): string {
  let text = '';
  for (let n = 0; ; n += 1) {
    const part = entity[`text${n}`];
    if (typeof part !== 'string') return text;
    text += part;
  }
}

/** Cuts rows into what one transaction may carry. */
export function toBatches(texts: ReadonlyMap<string, string>): readonly (readonly [string, string][])[] {
  const batches: [string, string][][] = [];
  let room = 0;
  for (const [row, text] of texts) {
    const bytes = bytesOf(text);
    const last = batches.at(-1);
    if (last === undefined || last.length === MOST_DOCUMENTS || bytes > room) {
      batches.push([[row, text]]);
      room = MOST_BYTES - bytes;
    } else {
      last.push([row, text]);
      room -= bytes;
    }
  }
  return batches;
}
