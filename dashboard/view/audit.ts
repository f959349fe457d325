import type { AuditRecord } from '../api/shapes.ts';

/** Those that have every word of a search somewhere. */
export function matching(records: readonly AuditRecord[], search: string): readonly AuditRecord[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return records.filter((record) => {
    const text = JSON.stringify(Object.values(record)).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
