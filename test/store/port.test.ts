import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change, DocumentKey, ListOptions, Store } from '../../src/store/port.ts';
import { STORES } from './support/stores.ts';

describe.each(STORES)('the $name store', ({ start }) => {
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
      await store.documents.putAll('rollouts', partition, []);
      await store.documents.putAll('rollouts', partition, [
        { row: '1', value: 'first' },
        { row: '1', value: 'last' },
      ]);
      expect((await store.documents.list('rollouts', partition)).map(({ value }) => value)).toEqual(['last']);
    });

    it('writes more rows than one transaction holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 250 }, (_, i) => ({ row: String(i).padStart(4, '0'), value: { i } }));
      await store.documents.putAll('rollouts', partition, rows);
      expect(
        (await store.documents.list('rollouts', partition)).map(({ row, value }) => ({ row, value })),
      ).toEqual(rows);
    });

    it('writes more text than one transaction holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 12 }, (_, i) => ({
        row: String.fromCodePoint(97 + i),
        value: 'x"'.repeat(130_000),
      }));
      await store.documents.putAll('rollouts', partition, rows);
      const kept = await store.documents.list('rollouts', partition);
      expect(kept.every(({ value }) => value === rows[0]?.value)).toBe(true);
      expect(kept).toHaveLength(12);
    });
  });

  describe('commit', () => {
    /** A head and two documents beside it. */
    const aPartitionOf = async (): Promise<{ partition: string; etag: string }> => {
      const partition = aPartition();
      await store.documents.putAll('rollouts', partition, [
        { row: 'a', value: 'a1' },
        { row: 'b', value: 'b1' },
      ]);
      const head = await store.documents.insert({ table: 'rollouts', partition, row: 'head' }, 1);
      return { partition, etag: head?.etag ?? '' };
    };
    const change = (partition: string, etag: string, more: Partial<Change> = {}): Change => ({
      table: 'rollouts',
      partition,
      head: { row: 'head', value: 2, etag },
      puts: [
        { row: 'a', value: 'a2' },
        { row: 'c', value: 'c2' },
      ],
      removes: ['b'],
      ...more,
    });
    const valuesOf = async (partition: string): Promise<Record<string, unknown>> =>
      Object.fromEntries(
        (await store.documents.list('rollouts', partition)).map(({ row, value }) => [row, value]),
      );
    const BEFORE = { a: 'a1', b: 'b1', head: 1 };

    it('changes the head and all that goes with it', async () => {
      const { partition, etag } = await aPartitionOf();
      const head = await store.documents.commit(change(partition, etag));
      expect(head).toEqual({ row: 'head', value: 2, etag: expect.any(String) as string });
      expect(await valuesOf(partition)).toEqual({ a: 'a2', c: 'c2', head: 2 });
      expect(await store.documents.get({ table: 'rollouts', partition, row: 'head' })).toEqual(head);
      const next = await store.documents.commit(
        change(partition, head?.etag ?? '', { removes: ['c'], puts: [] }),
      );
      expect(next?.etag).not.toBe(head?.etag);
      expect(await valuesOf(partition)).toEqual({ a: 'a2', head: 2 });
    });

    it('changes the head alone', async () => {
      const { partition, etag } = await aPartitionOf();
      expect(await store.documents.commit(change(partition, etag, { puts: [], removes: [] }))).toBeDefined();
      expect(await valuesOf(partition)).toEqual({ ...BEFORE, head: 2 });
    });

    it('changes nothing when the head has moved', async () => {
      const { partition, etag } = await aPartitionOf();
      await store.documents.replace({ table: 'rollouts', partition, row: 'head' }, 'other', etag);
      expect(await store.documents.commit(change(partition, etag))).toBeUndefined();
      expect(await valuesOf(partition)).toEqual({ ...BEFORE, head: 'other' });
    });

    it('changes nothing when the head is gone', async () => {
      const { partition, etag } = await aPartitionOf();
      await store.documents.remove({ table: 'rollouts', partition, row: 'head' });
      expect(await store.documents.commit(change(partition, etag))).toBeUndefined();
      expect(await valuesOf(partition)).toEqual({ a: 'a1', b: 'b1' });
    });

    it('changes nothing when a document to remove is not there', async () => {
      const { partition, etag } = await aPartitionOf();
      expect(await store.documents.commit(change(partition, etag, { removes: ['b', 'x'] }))).toBeUndefined();
      expect(await valuesOf(partition)).toEqual(BEFORE);
    });

    it('lets one of many racing commits win, with all of its documents', async () => {
      const { partition, etag } = await aPartitionOf();
      const racers = await Promise.all(
        Array.from({ length: 6 }, (_, racer) =>
          store.documents.commit({
            table: 'rollouts',
            partition,
            head: { row: 'head', value: racer, etag },
            puts: ['a', 'b', 'c'].map((row) => ({ row, value: racer })),
            removes: [],
          }),
        ),
      );
      const winners = racers.filter((answer) => answer !== undefined);
      expect(winners).toHaveLength(1);
      const racer = winners[0]?.value;
      expect(await valuesOf(partition)).toEqual({ a: racer, b: racer, c: racer, head: racer });
    });

    it('holds a hundred documents, and no more', async () => {
      const { partition, etag } = await aPartitionOf();
      const puts = Array.from({ length: 99 }, (_, i) => ({ row: `n${i}`, value: 'x'.repeat(10_000) }));
      const head = await store.documents.commit(change(partition, etag, { puts, removes: [] }));
      expect(Object.keys(await valuesOf(partition))).toHaveLength(102);
      const more = change(partition, head?.etag ?? '', { puts, removes: ['a'] });
      await expect(store.documents.commit(more)).rejects.toThrow(/101 documents.*100 allowed/u);
      expect(Object.keys(await valuesOf(partition))).toHaveLength(102);
    });

    it('holds as many bytes as the service takes, and no more', async () => {
      const { partition, etag } = await aPartitionOf();
      // Of a quote and a backslash that each counts twice in the stored text, and twice again on its way.
      const large = (row: string): { row: string; value: string } => ({ row, value: '"\\'.repeat(95_000) });
      const puts = ['1', '2', '3', '4'].map((row) => large(row));
      const head = await store.documents.commit(change(partition, etag, { puts, removes: [] }));
      expect((await valuesOf(partition))['4'] === puts[3]?.value).toBe(true);
      const more = change(partition, head?.etag ?? '', { puts: [...puts, large('5')], removes: [] });
      await expect(store.documents.commit(more)).rejects.toThrow(/bytes is larger than the 3500000 allowed/u);
      expect(Object.keys(await valuesOf(partition))).not.toContain('5');
    });

    it('refuses to name a document twice', async () => {
      const { partition, etag } = await aPartitionOf();
      for (const more of [{ removes: ['a'] }, { removes: ['head'] }, { puts: [{ row: 'head', value: 3 }] }]) {
        await expect(store.documents.commit(change(partition, etag, more))).rejects.toThrow(/once/u);
      }
      expect(await valuesOf(partition)).toEqual(BEFORE);
    });
  });

  describe('list', () => {
    it('goes in plain code-unit order', async () => {
      const partition = aPartition();
      const rows = ['b', 'B', 'a', '10', '9', '_', '-', '.', ':', 'a-1', 'a.1', 'a'.repeat(3)];
      await store.documents.putAll(
        'rollouts',
        partition,
        rows.map((row) => ({ row, value: row })),
      );
      const listed = await store.documents.list('rollouts', partition);
      expect(listed.map(({ row }) => row)).toEqual(rows.toSorted((a, b) => (a < b ? -1 : 1)));
    });

    it('starts after a row, and stops before one and at the top', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 30 }, (_, i) => ({
        row: `r${String(i).padStart(2, '0')}`,
        value: i,
      }));
      await store.documents.putAll('index', partition, rows);
      const values = async (options: ListOptions): Promise<unknown[]> =>
        (await store.documents.list('index', partition, options)).map(({ value }) => value);
      expect(await values({ after: 'r27' })).toEqual([28, 29]);
      expect(await values({ after: 'r27x' })).toEqual([28, 29]);
      expect(await values({ top: 2 })).toEqual([0, 1]);
      expect(await values({ after: 'r09', top: 3 })).toEqual([10, 11, 12]);
      expect(await values({ top: 0 })).toEqual([]);
      expect(await values({ after: 'r29' })).toEqual([]);
      expect(await values({ before: 'r02' })).toEqual([0, 1]);
      expect(await values({ after: 'r09', before: 'r12' })).toEqual([10, 11]);
      expect(await values({ before: 'r00' })).toEqual([]);
    });

    it('pages through more documents than one answer holds', async () => {
      const partition = aPartition();
      const rows = Array.from({ length: 1_200 }, (_, i) => ({ row: String(i).padStart(5, '0'), value: i }));
      await store.documents.putAll('rollouts', partition, rows);
      expect(await store.documents.list('rollouts', partition)).toHaveLength(1_200);
      expect(await store.documents.list('rollouts', partition, { top: 1_100 })).toHaveLength(1_100);
    });

    it('gives ETags that replace takes', async () => {
      const partition = aPartition();
      await store.documents.putAll('rollouts', partition, [{ row: 'a', value: 1 }]);
      const [first] = await store.documents.list('rollouts', partition);
      const key = { table: 'rollouts', partition, row: 'a' } as const;
      expect((await store.documents.replace(key, 2, first?.etag ?? ''))?.value).toBe(2);
    });
  });

  it('removes many documents, also where some are gone already', async () => {
    const partition = aPartition();
    const rows = ['a', 'b', 'c', 'd'];
    await store.documents.putAll(
      'rollouts',
      partition,
      rows.map((row) => ({ row, value: 1 })),
    );
    await store.documents.removeAll('rollouts', partition, ['a']);
    await store.documents.removeAll('rollouts', partition, ['a', 'b', 'c', 'never']);
    await store.documents.removeAll('rollouts', partition, []);
    expect((await store.documents.list('rollouts', partition)).map(({ row }) => row)).toEqual(['d']);
  });

  describe('blobs', () => {
    it('writes once and reads back', async () => {
      const name = `plans/${randomUUID()}.json`;
      expect(await store.blobs.read(name)).toBeUndefined();
      expect(await store.blobs.create(name, 'é😀 first')).toBe(true);
      expect(await store.blobs.create(name, 'second')).toBe(false);
      expect(await store.blobs.read(name)).toBe('é😀 first');
    });

    it('lists names that begin so, in order, and no more than asked for', async () => {
      const mark = randomUUID();
      const names = ['b', 'a', 'c'].map((name) => `list-${mark}/${name}`);
      for (const name of [...names, `other-${mark}/a`]) await store.blobs.create(name, '');
      expect(await store.blobs.list(`list-${mark}/`, 10)).toEqual([...names].sort());
      expect(await store.blobs.list(`list-${mark}/`, 2)).toEqual([...names].sort().slice(0, 2));
      expect(await store.blobs.list(`none-${mark}/`, 2)).toEqual([]);
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
