import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { checkKey, toText } from '../limits.ts';
import type { DocumentKey, Stored } from '../port.ts';
import { toEntity, toStored } from './entities.ts';
import type { Entity, KeptEntity } from './entities.ts';
import { unless, writeOnce } from './faults.ts';
import type { Tables } from './tables.ts';

const NOT_THERE = { 404: ['ResourceNotFound'] };
const EXISTS = { 409: ['EntityAlreadyExists'] };
/** Somebody else has replaced or removed the version that an ETag names. */
export const MOVED = { ...NOT_THERE, 412: ['UpdateConditionNotSatisfied', 'ConditionNotMet'] };

export async function readDocument(tables: Tables, key: DocumentKey): Promise<KeptEntity | undefined> {
  const { partition, row } = { partition: checkKey(key.partition), row: checkKey(key.row) };
  const { reader } = await tables.open(key.table);
  return unless(NOT_THERE, () => reader.getEntity<KeptEntity>(partition, row, tables.timeLimit()));
}

export async function insertDocument(
  tables: Tables,
  key: DocumentKey,
  value: unknown,
): Promise<Stored | undefined> {
  return write(tables, { key, value }, async (client, entity) => {
    const answer = await unless(EXISTS, () => client.createEntity(entity, tables.timeLimit()));
    return answer && etagOf(answer);
  });
}

export async function replaceDocument(
  tables: Tables,
  { key, value }: { readonly key: DocumentKey; readonly value: unknown },
  etag: string,
): Promise<Stored | undefined> {
  return write(tables, { key, value }, async (client, entity) => {
    const options = { etag, ...tables.timeLimit() };
    const answer = await unless(MOVED, () => client.updateEntity(entity, 'Replace', options));
    return answer && etagOf(answer);
  });
}

export async function removeDocument(tables: Tables, key: DocumentKey): Promise<void> {
  const { partition, row } = { partition: checkKey(key.partition), row: checkKey(key.row) };
  const { writer } = await tables.open(key.table);
  await unless(NOT_THERE, () => writer.deleteEntity(partition, row, tables.timeLimit()));
}

/** Sends a write once; what a lost answer left behind is known by the entity's own mark. */
export async function sendOnce(
  tables: Tables,
  { key, entity }: { readonly key: DocumentKey; readonly entity: Entity },
  send: () => Promise<string | undefined>,
): Promise<Stored | undefined> {
  const { etag } = await writeOnce(
    async () => ({ etag: await send() }),
    async () => {
      const kept = await readDocument(tables, key);
      return kept?.write === entity.write ? { etag: kept.etag } : undefined;
    },
  );
  return etag === undefined ? undefined : toStored({ ...entity, etag });
}

export function etagOf({ etag }: { readonly etag?: string }): string {
  if (etag === undefined) throw new Error('the table service wrote a document and named no ETag for it');
  return etag;
}

async function write(
  tables: Tables,
  { key, value }: { readonly key: DocumentKey; readonly value: unknown },
  send: (client: TableClient, entity: Entity) => Promise<string | undefined>,
): Promise<Stored | undefined> {
  const entity = toEntity(checkKey(key.partition), checkKey(key.row), toText(value), randomUUID());
  const { writer } = await tables.open(key.table);
  return sendOnce(tables, { key, entity }, () => send(writer, entity));
}
