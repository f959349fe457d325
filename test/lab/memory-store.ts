import { labCipher } from './cipher.ts';
import { checkBlobName, checkKey, toText, toTexts, toTransaction } from '../../src/store/limits.ts';
import type { Blobs, DocumentKey, Documents, Store, Stored, Table } from '../../src/store/port.ts';

/** Which call is to fail, counted from 1 since the store was made, and whether its effect stays. */
interface StoreFailure {
  readonly call: number;
  readonly when: 'before' | 'after';
  /** From this call on every later one fails too, as after a crash of the process, until `heal` is called. */
  readonly forGood?: boolean;
}

export interface MemoryStore extends Store {
  /** Every call so far, for example `insert leases/web`; its length numbers the next one. */
  readonly calls: readonly string[];
  /** How many documents have been written or removed so far. */
  readonly changes: number;
  /** A document's value as it is now, without a call: nothing is counted, and nothing fails. */
  peek(key: DocumentKey): unknown;
  fail(failure: StoreFailure): void;
  heal(): void;
}

/** A call failed on purpose. */
export class StoreFault extends Error {
  override name = 'StoreFault';
}

interface Version {
  readonly etag: string;
  readonly text: string;
  /** What the text says, once somebody has looked. */
  peeked?: unknown;
}

/** The store's port in memory: values are copied through JSON, answers come in later microtasks, no timers. */
export function createMemoryStore(): MemoryStore {
  const calls: string[] = [];
  let failure: StoreFailure | undefined;

  const call = async <T>(what: string, act: () => T): Promise<T> => {
    const number = calls.push(what);
    const struck =
      failure !== undefined && (failure.forGood === true ? number >= failure.call : number === failure.call)
        ? failure
        : undefined;
    await Promise.resolve();
    // The call that a crash strikes may have taken effect; the ones after the crash never start.
    if (struck !== undefined && (struck.when === 'before' || number > struck.call))
      throw new StoreFault(what);
    const answer = act();
    if (struck !== undefined) throw new StoreFault(what);
    return answer;
  };

  const { documents, changes, peek } = memoryDocuments(call);
  return {
    documents,
    blobs: memoryBlobs(call),
    anchors: memoryBlobs(call),
    cipher: labCipher(),
    calls,
    get changes() {
      return changes();
    },
    peek,
    fail(next) {
      failure = next;
    },
    heal() {
      failure = undefined;
    },
  };
}

type Call = <T>(what: string, act: () => T) => Promise<T>;

interface MemoryDocuments {
  readonly documents: Documents;
  readonly changes: () => number;
  readonly peek: MemoryStore['peek'];
}

function memoryDocuments(call: Call): MemoryDocuments {
  const partitions = new Map<string, Map<string, Version>>();
  let changes = 0;

  const rowsOf = (table: Table, partition: string): Map<string, Version> => {
    const name = `${table}/${checkKey(partition)}`;
    const rows = partitions.get(name) ?? new Map<string, Version>();
    partitions.set(name, rows);
    return rows;
  };
  const write = (rows: Map<string, Version>, row: string, text: string): Stored => {
    changes += 1;
    const version = { etag: `W/"${changes}"`, text };
    rows.set(row, version);
    return stored(row, version);
  };
  const path = ({ table, partition, row }: DocumentKey): string => `${table}/${partition}/${row}`;

  const documents: Documents = {
    get: (key) =>
      call(`get ${path(key)}`, () => {
        const version = rowsOf(key.table, key.partition).get(checkKey(key.row));
        return version && stored(key.row, version);
      }),
    insert: (key, value) =>
      call(`insert ${path(key)}`, () => {
        const rows = rowsOf(key.table, key.partition);
        const text = toText(value);
        return rows.has(checkKey(key.row)) ? undefined : write(rows, key.row, text);
      }),
    replace: (key, value, etag) =>
      call(`replace ${path(key)}`, () => {
        const rows = rowsOf(key.table, key.partition);
        const text = toText(value);
        return rows.get(checkKey(key.row))?.etag === etag ? write(rows, key.row, text) : undefined;
      }),
    commit: (change) =>
      call(`commit ${change.table}/${change.partition}`, () => {
        const { head, removes } = change;
        const texts = toTransaction(change);
        const rows = rowsOf(change.table, change.partition);
        if (rows.get(head.row)?.etag !== head.etag) return undefined;
        if (!removes.every((row) => rows.has(row))) return undefined;
        for (const row of removes) rows.delete(row);
        for (const [row, text] of texts.puts) write(rows, row, text);
        return write(rows, head.row, texts.head);
      }),
    putAll: (table, partition, rows) =>
      call(`putAll ${table}/${partition} ${rows.length}`, () => {
        const there = rowsOf(table, partition);
        for (const [row, text] of toTexts(rows)) write(there, row, text);
      }),
    list: (table, partition, { after = '', before, top = Infinity } = {}) =>
      call(`list ${table}/${partition}`, () =>
        [...rowsOf(table, partition)]
          .filter(([row]) => row > after && (before === undefined || row < before))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .slice(0, top)
          .map(([row, version]) => stored(row, version)),
      ),
    removeAll: (table, partition, removed) =>
      call(`removeAll ${table}/${partition} ${removed.length}`, () => {
        const rows = rowsOf(table, partition);
        for (const row of removed) if (rows.delete(checkKey(row))) changes += 1;
      }),
    remove: (key) =>
      call(`remove ${path(key)}`, () => {
        if (rowsOf(key.table, key.partition).delete(checkKey(key.row))) changes += 1;
      }),
  };
  return {
    documents,
    changes: () => changes,
    peek({ table, partition, row }) {
      const version = rowsOf(table, partition).get(row);
      if (version !== undefined) version.peeked ??= JSON.parse(version.text);
      return version?.peeked;
    },
  };
}

/** Most answers to a write are not looked at, so the text is read on demand. */
function stored(row: string, { etag, text }: Version): Stored {
  let read: { readonly value: unknown } | undefined;
  return {
    row,
    etag,
    get value() {
      read ??= { value: JSON.parse(text) };
      return read.value;
    },
  };
}

function memoryBlobs(call: Call): Blobs {
  const texts = new Map<string, string>();
  return {
    read: (name) => call(`read ${name}`, () => texts.get(checkBlobName(name))),
    create: (name, text) =>
      call(`create ${name}`, () => {
        if (texts.has(checkBlobName(name))) return false;
        texts.set(name, text);
        return true;
      }),
    list: (prefix, top) =>
      call(`listBlobs ${prefix}`, () =>
        [...texts.keys()]
          .filter((name) => name.startsWith(prefix))
          .sort((a, b) => (a < b ? -1 : 1))
          .slice(0, top),
      ),
    remove: (name) =>
      call(`remove ${name}`, () => {
        texts.delete(checkBlobName(name));
      }),
  };
}
