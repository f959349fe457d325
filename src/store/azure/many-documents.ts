import { randomUUID } from 'node:crypto';
import { odata } from '@azure/data-tables';
import type { TransactionAction } from '@azure/data-tables';
import { checkKey, toTexts, toTransaction } from '../limits.ts';
import type { Change, DocumentRow, ListOptions, Stored, Table } from '../port.ts';
import { toBatches, toEntity, toStored } from './entities.ts';
import type { KeptEntity } from './entities.ts';
import { unless } from './faults.ts';
import { etagOf, MOVED, removeDocument, sendOnce } from './one-document.ts';
import type { Tables } from './tables.ts';

/** The service's own limit for one answer. */
const MAX_PAGE = 1_000;

/** All of a change in one transaction, or nothing of it. */
export async function commitChange(tables: Tables, change: Change): Promise<Stored | undefined> {
  const { table, partition, head, removes } = change;
  const texts = toTransaction(change);
  const { writer } = await tables.open(table);
  const entity = toEntity(partition, head.row, texts.head, randomUUID());
  const actions: TransactionAction[] = [
    ['update', entity, 'Replace', { etag: head.etag }],
    ...[...texts.puts].map((put) => upsert(partition, put)),
    ...removes.map((rowKey): TransactionAction => ['delete', { partitionKey: partition, rowKey }]),
  ];
  return sendOnce(tables, { key: { table, partition, row: head.row }, entity }, () =>
    unless(MOVED, async () => {
      const answer = await writer.submitTransaction(actions, tables.timeLimit());
      return etagOf(answer.getResponseForEntity(head.row) ?? {});
    }),
  );
}

export async function putDocuments(
  tables: Tables,
  { table, partition }: { readonly table: Table; readonly partition: string },
  rows: readonly DocumentRow[],
): Promise<void> {
  checkKey(partition);
  const texts = toTexts(rows);
  const { writer } = await tables.open(table);
  for (const batch of toBatches(texts)) {
    const actions = batch.map((put) => upsert(partition, put));
    await writer.submitTransaction(actions, tables.timeLimit());
  }
}

/** In one transaction, which fails where one is gone already: then each by itself. */
export async function removeDocuments(
  tables: Tables,
  { table, partition }: { readonly table: Table; readonly partition: string },
  rows: readonly string[],
): Promise<void> {
  checkKey(partition);
  if (rows.length === 0) return;
  const { writer } = await tables.open(table);
  const actions = rows.map((row): TransactionAction => {
    return ['delete', { partitionKey: partition, rowKey: checkKey(row) }];
  });
  const whole = await unless(MOVED, () => writer.submitTransaction(actions, tables.timeLimit()));
  if (whole !== undefined) return;
  for (const row of rows) await removeDocument(tables, { table, partition, row });
}

export async function listDocuments(
  tables: Tables,
  { table, partition }: { readonly table: Table; readonly partition: string },
  { after, before, top = Infinity }: ListOptions,
): Promise<readonly Stored[]> {
  checkKey(partition);
  if (top <= 0) return [];
  const { reader } = await tables.open(table);
  const filter = [
    odata`PartitionKey eq ${partition}`,
    ...(after === undefined ? [] : [odata`RowKey gt ${checkKey(after)}`]),
    ...(before === undefined ? [] : [odata`RowKey lt ${checkKey(before)}`]),
  ].join(' and ');
  const pages = reader
    .listEntities<KeptEntity>({ queryOptions: { filter }, ...tables.timeLimit() })
    .byPage({ maxPageSize: Math.min(top, MAX_PAGE) });
  const found: Stored[] = [];
  for await (const page of pages) {
    found.push(...page.map((entity) => toStored(entity)));
    if (found.length >= top) break;
  }
  return found.slice(0, top);
}

function upsert(partition: string, [row, text]: readonly [string, string]): TransactionAction {
  return ['upsert', toEntity(partition, row, text, randomUUID()), 'Replace'];
}
