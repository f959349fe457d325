import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { rechunk } from './chunks.ts';
import type { Chunk } from './chunks.ts';
import { seal, unseal } from './formats/format.ts';
import type { Chunked } from './partition.ts';
import type { DocumentRow, Documents, Stored } from './port.ts';
import { readOnce } from './read-once.ts';

interface ChunkItems<T> {
  readonly items: readonly T[];
}

/** How items of one kind are kept. */
export interface Kind<T> {
  readonly name: Chunked;
  readonly chunk: z.ZodType<ChunkItems<T>>;
  readonly keyOf: (item: T) => string;
  readonly compare: (a: string, b: string) => number;
  /** An item as it is stored, and as it was; absent where it is stored as it is. */
  readonly hide?: (item: T) => T;
  readonly reveal?: (item: T) => T;
}

/** Items of one kind, with what was put in since they were read. */
export interface ChunkList<T> {
  /** In the order of their keys. */
  readonly items: readonly T[];
  readonly isChanged: boolean;
  put(items: readonly T[]): void;
  /** What a commit of all that was put in takes; `keep` counts it as written. */
  next(): Next<T>;
  keep(next: Next<T>): void;
}

export interface Next<T> {
  readonly chunks: readonly Chunk<T>[];
  readonly puts: readonly DocumentRow[];
  readonly dropped: readonly string[];
}

export function openChunks<T>(kind: Kind<T>, read: readonly Chunk<T>[]): ChunkList<T> {
  const { keyOf, compare, hide = asItIs } = kind;
  const known = new Map(read.flatMap(({ items }) => items.map((item) => [keyOf(item), item])));
  const changed = new Map<string, T>();
  let chunks = read;
  let sorted: readonly T[] | undefined;
  return {
    get items() {
      sorted ??= [...known.values()].sort((a, b) => compare(keyOf(a), keyOf(b)));
      return sorted;
    },
    get isChanged() {
      return changed.size > 0;
    },
    put(items) {
      for (const item of items) {
        const key = keyOf(item);
        if (known.get(key) === item) continue;
        known.set(key, item);
        changed.set(key, item);
        sorted = undefined;
      }
    },
    next() {
      const newName = (): string => `${kind.name}-${randomUUID()}`;
      const { written, dropped, chunks: after } = rechunk(chunks, changed, { keyOf, newName });
      const puts = written.map(({ name, items }) => ({
        row: name,
        value: seal({ items: items.map((item) => hide(item)) }),
      }));
      return { chunks: after, puts, dropped };
    },
    keep(next) {
      chunks = next.chunks;
      changed.clear();
    },
  };
}

/** The format of a chunk of such items. */
export function chunkOf<T>(item: z.ZodType<T>): z.ZodType<ChunkItems<T>> {
  return z.strictObject({ items: z.array(item) });
}

/** The chunks of these names among a partition's documents, which came from `store`. */
export function chunksIn<T>(
  { chunk, name: kind, reveal = asItIs }: Kind<T>,
  names: readonly string[],
  { store, documents }: { readonly store: Documents; readonly documents: ReadonlyMap<string, Stored> },
): readonly Chunk<T>[] {
  return names.map((name) => {
    const stored = documents.get(name);
    const read = (): ChunkItems<T> => {
      const { items } = unseal(stored?.value, chunk, `the chunk ${name} of ${kind}`);
      return { items: items.map((item) => reveal(item)) };
    };
    return { name, items: (stored === undefined ? read() : readOnce(store, stored, read)).items };
  });
}

function asItIs<T>(item: T): T {
  return item;
}
