import { createMemo, frozen } from './memo.ts';
import type { Memo } from './memo.ts';
import type { Documents, Stored } from './port.ts';

/** Versions that a process remembers of one store; a chunk of rows has at most 60 KB of text. */
const MOST_VERSIONS = 200;

const versions = new WeakMap<Documents, Memo<unknown>>();

/**
 * What a version of a document says, read once for as long as this process remembers it. Only for documents whose row
 * is unique in the whole store, as a chunk's is. It is frozen, since whoever asks next gets the same.
 */
export function readOnce<T>(store: Documents, { row, etag }: Stored, read: () => T): T {
  const known = versions.get(store) ?? createMemo<unknown>(MOST_VERSIONS);
  versions.set(store, known);
  return known.get(`${row} ${etag}`, () => frozen(read())) as T;
}
