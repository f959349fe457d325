import { toAscii } from './limits.ts';

/** Items of one kind that are kept together in one document, and by which name. */
export interface Chunk<T> {
  readonly name: string;
  readonly items: readonly T[];
}

/** Two properties of a document; some eighty rows of instances that are well. */
const MOST_CHARACTERS = 60_000;

export interface Rechunked<T> {
  /** All chunks there are then. */
  readonly chunks: readonly Chunk<T>[];
  /** Those of them that have to be written. */
  readonly written: readonly Chunk<T>[];
  /** Names of those that are given up. */
  readonly dropped: readonly string[];
}

/**
 * Puts changed and new items in. A chunk is never changed: what changes is written under new names, and the old name is
 * given up, so that whoever reads either finds all of one state or sees that something is missing.
 */
export function rechunk<T>(
  chunks: readonly Chunk<T>[],
  changed: ReadonlyMap<string, T>,
  { keyOf, newName }: { readonly keyOf: (item: T) => string; readonly newName: () => string },
): Rechunked<T> {
  const known = new Set(chunks.flatMap(({ items }) => items.map((item) => keyOf(item))));
  const added = [...changed].filter(([key]) => !known.has(key)).map(([, item]) => item);
  const last = chunks.at(-1);
  const next = chunks.flatMap((chunk): readonly Chunk<T>[] => {
    const isChanged = chunk.items.some((item) => changed.has(keyOf(item)));
    const joins = chunk === last ? added : [];
    if (!isChanged && joins.length === 0) return [chunk];
    const items = [...chunk.items.map((item) => changed.get(keyOf(item)) ?? item), ...joins];
    return split(items).map((part) => ({ name: newName(), items: part }));
  });
  const all = last === undefined ? split(added).map((part) => ({ name: newName(), items: part })) : next;
  return {
    chunks: all,
    written: all.filter((chunk) => !chunks.includes(chunk)),
    dropped: chunks.filter((chunk) => !all.includes(chunk)).map(({ name }) => name),
  };
}

/** In order, into as few parts as the largest size allows, and none much larger than another. */
function split<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [];
  // Most fit into one, as the text of all of them shows.
  if (toAscii(items).length <= MOST_CHARACTERS) return [items];
  const sizes = items.map((item) => toAscii(item).length + 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = total / Math.ceil(total / MOST_CHARACTERS);
  const parts: T[][] = [];
  let filled = share;
  for (const [index, item] of items.entries()) {
    const size = sizes[index] ?? 0;
    if (filled >= share || filled + size > MOST_CHARACTERS) {
      parts.push([]);
      filled = 0;
    }
    parts.at(-1)?.push(item);
    filled += size;
  }
  return parts;
}
