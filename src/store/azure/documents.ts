import { randomUUID } from 'node:crypto';
import { odata } from '@azure/data-tables';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { TABLES } from '../port.ts';
import type { DocumentKey, Documents, Stored, Table } from '../port.ts';
import { connectTable, deadline } from './connection.ts';
import type { AzureStoreSettings, Pair } from './connection.ts';
import { toBatches, toEntity, toStored } from './entities.ts';
import type { Entity, KeptEntity } from './entities.ts';
import { once, unless, writeOnce } from './faults.ts';
import { checkKey, toText, toTexts, toTransaction } from '../limits.ts';

/** The service's own limit for one answer. */
const MAX_PAGE = 1_000;

const NOT_THERE = { 404: ['ResourceNotFound'] };
const MOVED = { ...NOT_THERE, 412: ['UpdateConditionNotSatisfied', 'ConditionNotMet'] };

interface OpenTable extends Pair<TableClient> {
  readonly ready: () => Promise<void>;
}

/** Documents as entities of Azure Tables. */
export function createDocuments(settings: AzureStoreSettings): Documents {
  const tables = new Map<Table, OpenTable>(
    TABLES.map((table) => {
      const pair = connectTable(settings, table);
      const ready = once(() => pair.reader.createTable({ abortSignal: deadline(settings) }));
      return [table, { ...pair, ready }];
    }),
  );
  const open = async (table: Table): Promise<OpenTable> => {
    const found = tables.get(table);
    if (found === undefined) throw new RangeError(`there is no table "${table}"`);
    await found.ready();
    return found;
  };

  const read = async ({ table, partition, row }: DocumentKey): Promise<KeptEntity | undefined> => {
    const { reader } = await open(table);
    return unless(NOT_THERE, () =>
      reader.getEntity<KeptEntity>(partition, row, { abortSignal: deadline(settings) }),
    );
  };

  /** Sends a write once; what a lost answer left behind is known by the entity's own mark. */
  const sendOnce = async (
    key: DocumentKey,
    entity: Entity,
    send: () => Promise<string | undefined>,
  ): Promise<Stored | undefined> => {
    const { etag } = await writeOnce(
      async () => ({ etag: await send() }),
      async () => {
        const kept = await read(key);
        return kept?.write === entity.write ? { etag: kept.etag } : undefined;
      },
    );
    return etag === undefined ? undefined : toStored({ ...entity, etag });
  };

  const write = async (
    key: DocumentKey,
    value: unknown,
    send: (client: TableClient, entity: Entity) => Promise<string | undefined>,
  ): Promise<Stored | undefined> => {
    const entity = toEntity(checkKey(key.partition), checkKey(key.row), toText(value), randomUUID());
    const { writer } = await open(key.table);
    return sendOnce(key, entity, () => send(writer, entity));
  };

  return {
    async get(key) {
      checkKey(key.partition);
      checkKey(key.row);
      const entity = await read(key);
      return entity && toStored(entity);
    },

    insert: (key, value) =>
      write(key, value, async (client, entity) => {
        const exists = { 409: ['EntityAlreadyExists'] };
        const answer = await unless(exists, () =>
          client.createEntity(entity, { abortSignal: deadline(settings) }),
        );
        return answer && etagOf(answer);
      }),

    replace: (key, value, etag) =>
      write(key, value, async (client, entity) => {
        const answer = await unless(MOVED, () =>
          client.updateEntity(entity, 'Replace', { etag, abortSignal: deadline(settings) }),
        );
        return answer && etagOf(answer);
      }),

    async commit(change) {
      const { table, partition, head, removes } = change;
      const texts = toTransaction(change);
      const { writer } = await open(table);
      const entity = toEntity(partition, head.row, texts.head, randomUUID());
      const actions: TransactionAction[] = [
        ['update', entity, 'Replace', { etag: head.etag }],
        ...[...texts.puts].map(([row, text]): TransactionAction => [
          'upsert',
          toEntity(partition, row, text, randomUUID()),
          'Replace',
        ]),
        ...removes.map((rowKey): TransactionAction => ['delete', { partitionKey: partition, rowKey }]),
      ];
      const written = await sendOnce({ table, partition, row: head.row }, entity, () =>
        unless(MOVED, async () => {
          const answer = await writer.submitTransaction(actions, { abortSignal: deadline(settings) });
          return etagOf(answer.getResponseForEntity(head.row) ?? {});
        }),
      );
      return written;
    },

    async putAll(table, partition, rows) {
      checkKey(partition);
      const texts = toTexts(rows);
      const { writer } = await open(table);
      for (const batch of toBatches(texts)) {
        const actions = batch.map(([row, text]): TransactionAction => [
          'upsert',
          toEntity(partition, row, text, randomUUID()),
          'Replace',
        ]);
        await writer.submitTransaction(actions, { abortSignal: deadline(settings) });
      }
    },

    async list(table, partition, { after, before, top = Infinity } = {}) {
      checkKey(partition);
      if (top <= 0) return [];
      const { reader } = await open(table);
      const filter = [
        odata`PartitionKey eq ${partition}`,
        ...(after === undefined ? [] : [odata`RowKey gt ${checkKey(after)}`]),
        ...(before === undefined ? [] : [odata`RowKey lt ${checkKey(before)}`]),
      ].join(' and ');
      const pages = reader
        .listEntities<KeptEntity>({ queryOptions: { filter }, abortSignal: deadline(settings) })
        .byPage({ maxPageSize: Math.min(top, MAX_PAGE) });
      const found: Stored[] = [];
      for await (const page of pages) {
        found.push(...page.map((entity) => toStored(entity)));
        if (found.length >= top) break;
      }
      return found.slice(0, top);
    },

    async remove({ table, partition, row }) {
      checkKey(partition);
      checkKey(row);
      const { writer } = await open(table);
      await unless(NOT_THERE, () => writer.deleteEntity(partition, row, { abortSignal: deadline(settings) }));
    },
  };
}

function etagOf({ etag }: { readonly etag?: string }): string {
  if (etag === undefined) throw new Error('the table service wrote a document and named no ETag for it');
  return etag;
}
