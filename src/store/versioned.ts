import { z } from 'zod';
import { count, maybe, text, time } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';
import { readOnce } from './read-once.ts';

const TABLE = 'switches';
const STATE = 'state';

const version = z.looseObject({ number: count, by: text, at: time, reason: maybe(text) });
type Version = Readonly<z.infer<typeof version>>;

/** A document that admins set as a whole: every version of it is kept for ever, with who wrote it, and why. */
export interface Versioned<V> {
  /** The version that stands; `undefined` before the first. */
  readonly read: (store: Store) => Promise<V | undefined>;
  /** Every version, oldest first. */
  readonly list: (store: Store) => Promise<readonly V[]>;
  /** Replaces version `after` by the next one; false when another one stands by now: then nothing is changed. */
  readonly replace: (store: Store, after: number, next: Omit<V, 'number'>) => Promise<boolean>;
}

/** Such a document, in a partition of its own. */
export function versioned<V extends Version>(
  partition: string,
  format: z.ZodType<V>,
  what: string,
): Versioned<V> {
  const key = { table: TABLE, partition, row: STATE } as const;
  return {
    async read({ documents }) {
      const stored = await documents.get(key);
      // What this process has read before is not parsed again; that it still stands was asked just now.
      return (
        stored && readOnce(documents, { ...stored, row: what }, () => unseal(stored.value, format, what))
      );
    },
    async list({ documents }) {
      const rows = await documents.list(TABLE, partition, { before: STATE });
      return rows.map(({ row, value }) => unseal(value, format, `${what}, ${row}`));
    },
    async replace({ documents }, after, next) {
      const value = seal({ number: after + 1, ...next });
      const stored = await documents.get(key);
      if (stored === undefined) {
        if (after !== 0 || (await documents.insert(key, value)) === undefined) return false;
        await documents.putAll(TABLE, partition, [{ row: rowOf(1), value }]);
        return true;
      }
      if (unseal(stored.value, format, what).number !== after) return false;
      // The first one may have died before its version was kept.
      const puts = [
        { row: rowOf(after), value: stored.value },
        { row: rowOf(after + 1), value },
      ];
      const head = { row: STATE, etag: stored.etag, value };
      const done = await documents.commit({ table: TABLE, partition, head, puts, removes: [] });
      return done !== undefined;
    },
  };
}

/** Sorts before the state, whose name comes later in the alphabet. */
function rowOf(number: number): string {
  return `number-${String(number).padStart(8, '0')}`;
}
