import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentKey, Store } from '../../src/store/port.ts';
import { createAzureStore } from '../../src/store/azure/store.ts';
import { createMemoryStore } from '../lab/memory-store.ts';
import { connectionString, startAzurite } from './azurite.ts';

interface Implementation {
  readonly name: string;
  readonly start: () => Promise<{ readonly store: Store; readonly end: () => Promise<void> }>;
}

const IMPLEMENTATIONS: readonly Implementation[] = [
  {
    name: 'memory',
    start: () => Promise.resolve({ store: createMemoryStore(), end: () => Promise.resolve() }),
  },
  {
    name: 'Azure Storage',
    async start() {
      const azurite = await startAzurite();
      return {
        store: createAzureStore({ connectionString: connectionString(azurite) }),
        end: async () => {
          await azurite[Symbol.asyncDispose]();
        },
      };
    },
  },
];

describe.each(IMPLEMENTATIONS)('the $name store', ({ start }) => {
  let store: Store;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ store, end } = await start());
  });
  afterAll(() => end());

  const aPartition = (): string => `p-${randomUUID()}`;
  const aKey = (row = 'r'): DocumentKey => ({ table: 'rollouts', partition: aPartition(), row });

  describe('documents', () => {
    it('keeps what was inserted, under an ETag', async () => {
      const key = aKey();
      const inserted = await store.documents.insert(key, { phase: 'accepted', batches: [1, null, 'é😀"\\'] });
      expect(inserted).toEqual({
        row: 'r',
        etag: expect.stringMatching(/./u) as string,
        value: { phase: 'accepted', batches: [1, null, 'é😀"\\'] },
      });
      expect(await store.documents.get(key)).toEqual(inserted);
    });

    it('answers undefined for what is not there', async () => {
      expect(await store.documents.get(aKey())).toBeUndefined();
    });

    it('inserts once only', async () => {
      const key = aKey();
      await store.documents.insert(key, { by: 'first' });
      expect(await store.documents.insert(key, { by: 'second' })).toBeUndefined();
      expect((await store.documents.get(key))?.value).toEqual({ by: 'first' });
    });

    it('lets one of many racing inserts win', async () => {
      const key = aKey();
      const racers = await Promise.all(
        Array.from({ length: 8 }, (_, racer) => store.documents.insert(key, { racer })),
      );
      const winners = racers.filter((answer) => answer !== undefined);
      expect(winners).toHaveLength(1);
      expect(await store.documents.get(key)).toEqual(winners[0]);
    });

    it('replaces the version that the ETag names, and no other', async () => {
      const key = aKey();
      const first = await store.documents.insert(key, { n: 1, gone: true });
      const second = await store.documents.replace(key, { n: 2 }, first?.etag ?? '');
      expect(second?.value).toEqual({ n: 2 });
      expect(second?.etag).not.toBe(first?.etag);
      expect(await store.documents.replace(key, { n: 3 }, first?.etag ?? '')).toBeUndefined();
      expect(await store.documents.get(key)).toEqual(second);
    });

    it('does not replace what is gone', async () => {
      const key = aKey();
      const first = await store.documents.insert(key, { n: 1 });
      await store.documents.remove(key);
      expect(await store.documents.replace(key, { n: 2 }, first?.etag ?? '')).toBeUndefined();
      expect(await store.documents.get(key)).toBeUndefined();
    });

    it('does not take an ETag for that of a later document of the same name', async () => {
      const key = aKey();
      const first = await store.documents.insert(key, { n: 1 });
      await store.documents.remove(key);
      await store.documents.insert(key, { n: 1 });
      expect(await store.documents.replace(key, { n: 2 }, first?.etag ?? '')).toBeUndefined();
    });

    it('removes, also what is not there', async () => {
      const key = aKey();
      await store.documents.insert(key, {});
      await store.documents.remove(key);
      await store.documents.remove(key);
      expect(await store.documents.get(key)).toBeUndefined();
    });

    it('shares no objects with its callers', async () => {
      const key = aKey();
      const value = { ids: ['0'] };
      const inserted = await store.documents.insert(key, value);
      value.ids.push('1');
      (inserted as { value: typeof value }).value.ids.push('2');
      expect((await store.documents.get(key))?.value).toEqual({ ids: ['0'] });
    });

    it.each([
      { what: 'a text', value: 'ready' },
      { what: 'a number', value: 7 },
      { what: 'null', value: null },
      { what: 'lone surrogates and control characters', value: ['\uD83D', '\u0000\u001F\u2028'] },
      { what: 'pairs wherever the text is split', value: `x${'😀é'.repeat(20_000)}` },
      { what: 'quotes and backslashes', value: '"\\'.repeat(20_000) },
      { what: 'the largest document', value: 'm'.repeat(399_998) },
    ])('keeps $what', async ({ value }) => {
      const key = aKey();
      await store.documents.insert(key, value);
      const kept = (await store.documents.get(key))?.value;
      // By a boolean: a difference of megabytes is no help to anybody.
      expect(isDeepStrictEqual(kept, value)).toBe(true);
    });

    it('leaves nothing of a longer version behind', async () => {
      const key = aKey();
      const long = await store.documents.insert(key, 'x'.repeat(100_000));
      await store.documents.replace(key, 'short', long?.etag ?? '');
      expect((await store.documents.get(key))?.value).toBe('short');
      await store.documents.putAll(key.table, key.partition, [{ row: 'r', value: 'y'.repeat(70_000) }]);
      await store.documents.putAll(key.table, key.partition, [{ row: 'r', value: 'end' }]);
      expect((await store.documents.get(key))?.value).toBe('end');
    });

    it.each([
      { what: 'too large a document', value: 'm'.repeat(400_001) },
      { what: 'what is not JSON', value: undefined },
    ])('refuses $what', async ({ value }) => {
      await expect(store.documents.insert(aKey(), value)).rejects.toThrow(/document/u);
    });

    it.each(['', 'a/b', "a'b", 'a b', 'a#b', 'ä'])('refuses the key "%s"', async (part) => {
      await expect(store.documents.get(aKey(part))).rejects.toThrow(RangeError);
      await expect(store.documents.insert({ ...aKey(), partition: part }, {})).rejects.toThrow(RangeError);
    });

    it('keeps tables and partitions apart', async () => {
      const key = aKey();
      await store.documents.insert(key, 'mine');
      expect(await store.documents.get({ ...key, table: 'leases' })).toBeUndefined();
      expect(await store.documents.get({ ...key, partition: aPartition() })).toBeUndefined();
      expect(await store.documents.list('leases', key.partition)).toEqual([]);
    });

    it('takes keys of every allowed character, in either case', async () => {
      const partition = aPartition();
      const rows = ['aZ09-_.:', 'Az09-_.:', '.', '..', ':', '-', '_'];
      for (const row of rows) await store.documents.insert({ table: 'keys', partition, row }, row);
      for (const row of rows) {
        expect((await store.documents.get({ table: 'keys', partition, row }))?.value).toBe(row);
      }
    });
  });

  describe('putAll', () => {
    it('writes over what stood there', async () => {
      const key = aKey('1');
      const before = await store.documents.insert(key, 'before');
      await store.documents.putAll(key.table, key.partition, [
        { row: '1', value: 'after' },
        { row: '2', value: 'new' },
      ]);
      const after = await store.documents.list(key.table, key.partition);
      expect(after.map(({ row, value }) => [row, value])).toEqual([
        ['1', 'after'],
        ['2', 'new'],
      ]);
      expect(after[0]?.etag).not.toBe(before?.etag);
    });

    it('takes no rows, and a row twice', async () => {
      const partition = aPartition();
      await store.documents.putAll('instances', partition, []);
      await store.documents.putAll('instances', partition, [
        { row: '1', value: 'first' },
        { row: '1', value: 'last' },
      ]);
      expect((await store.documents.list('instances', partition)).map(({ value }) => value)).toEqual([
        'last',
      ]);
    });

    it('writes more rows than one transaction holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 250 }, (_, i) => ({ row: String(i).padStart(4, '0'), value: { i } }));
      await store.documents.putAll('instances', partition, rows);
      expect(
        (await store.documents.list('instances', partition)).map(({ row, value }) => ({ row, value })),
      ).toEqual(rows);
    });

    it('writes more text than one transaction holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 12 }, (_, i) => ({
        row: String.fromCodePoint(97 + i),
        value: 'x"'.repeat(130_000),
      }));
      await store.documents.putAll('instances', partition, rows);
      const kept = await store.documents.list('instances', partition);
      expect(kept.every(({ value }) => value === rows[0]?.value)).toBe(true);
      expect(kept).toHaveLength(12);
    });
  });

  describe('list', () => {
    it('goes in plain code-unit order', async () => {
      const partition = aPartition();
      const rows = ['b', 'B', 'a', '10', '9', '_', '-', '.', ':', 'a-1', 'a.1', 'a'.repeat(3)];
      await store.documents.putAll(
        'events',
        partition,
        rows.map((row) => ({ row, value: row })),
      );
      const listed = await store.documents.list('events', partition);
      expect(listed.map(({ row }) => row)).toEqual(rows.toSorted((a, b) => (a < b ? -1 : 1)));
    });

    it('starts after a row and stops at the top', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 30 }, (_, i) => ({
        row: `r${String(i).padStart(2, '0')}`,
        value: i,
      }));
      await store.documents.putAll('index', partition, rows);
      const values = async (options: { after?: string; top?: number }): Promise<unknown[]> =>
        (await store.documents.list('index', partition, options)).map(({ value }) => value);
      expect(await values({ after: 'r27' })).toEqual([28, 29]);
      expect(await values({ after: 'r27x' })).toEqual([28, 29]);
      expect(await values({ top: 2 })).toEqual([0, 1]);
      expect(await values({ after: 'r09', top: 3 })).toEqual([10, 11, 12]);
      expect(await values({ top: 0 })).toEqual([]);
      expect(await values({ after: 'r29' })).toEqual([]);
    });

    it('pages through more documents than one answer holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 1_200 }, (_, i) => ({ row: String(i).padStart(5, '0'), value: i }));
      await store.documents.putAll('events', partition, rows);
      expect(await store.documents.list('events', partition)).toHaveLength(1_200);
      expect(await store.documents.list('events', partition, { top: 1_100 })).toHaveLength(1_100);
    });

    it('gives ETags that replace takes', async () => {
      const partition = aPartition();
      await store.documents.putAll('events', partition, [{ row: 'a', value: 1 }]);
      const [first] = await store.documents.list('events', partition);
      const key = { table: 'events', partition, row: 'a' } as const;
      expect((await store.documents.replace(key, 2, first?.etag ?? ''))?.value).toBe(2);
    });
  });

  describe('blobs', () => {
    it('writes once and reads back', async () => {
      const name = `plans/${randomUUID()}.json`;
      expect(await store.blobs.read(name)).toBeUndefined();
      expect(await store.blobs.create(name, 'é😀 first')).toBe(true);
      expect(await store.blobs.create(name, 'second')).toBe(false);
      expect(await store.blobs.read(name)).toBe('é😀 first');
    });

    it('keeps a large text and an empty one', async () => {
      const [large, empty] = [`large-${randomUUID()}`, `empty-${randomUUID()}`];
      await store.blobs.create(large, '0123456é😀'.repeat(300_000));
      await store.blobs.create(empty, '');
      expect((await store.blobs.read(large)) === '0123456é😀'.repeat(300_000)).toBe(true);
      expect(await store.blobs.read(empty)).toBe('');
    });

    it.each(['', '/a', 'a//b', 'a b', 'a?b'])('refuses the name "%s"', async (name) => {
      await expect(store.blobs.read(name)).rejects.toThrow(RangeError);
      await expect(store.blobs.create(name, '')).rejects.toThrow(RangeError);
    });
  });
});
