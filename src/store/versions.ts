import { unseal, seal } from './formats/format.ts';
import type { z } from 'zod';
import type { Store, Stored, Table } from './port.ts';

/** One version of a document that people write: who wrote it, and why. */
interface Version {
  readonly name: string;
  readonly number: number;
}

interface Kind<T extends Version> {
  readonly table: Table;
  readonly partition: string;
  readonly format: z.ZodType<T>;
}

/** Documents by name of which every version is kept for ever. */
export interface Versions<T extends Version> {
  /** The version that stands. */
  readonly read: (store: Store, name: string) => Promise<T | undefined>;
  /** One of its versions. */
  readonly readVersion: (store: Store, name: string, number: number) => Promise<T | undefined>;
  /** Those that stand, by name. */
  readonly list: (store: Store) => Promise<readonly T[]>;
  /** Every version of one, oldest first. */
  readonly listVersions: (store: Store, name: string) => Promise<readonly T[]>;
  /** Replaces version `after` by the next one; false when another one stands by now: then nothing is changed. */
  readonly replace: (store: Store, after: number, next: Omit<T, 'number'>) => Promise<boolean>;
}

const headOf = (name: string): string => `head-${name}`;
const rowOf = (name: string, number: number): string => `number-${name}-${String(number).padStart(8, '0')}`;

export function versionsOf<T extends Version>({ table, partition, format }: Kind<T>): Versions<T> {
  const versionIn = ({ row, value }: Stored): T => unseal(value, format, `${row} of the ${partition}`);
  const get = async ({ documents }: Store, row: string): Promise<T | undefined> => {
    const stored = await documents.get({ table, partition, row });
    return stored && versionIn(stored);
  };
  return {
    read: (store, name) => get(store, headOf(name)),
    async readVersion(store, name, number) {
      const standing = await get(store, headOf(name));
      // The first one may have died before its version was kept.
      return standing?.number === number ? standing : get(store, rowOf(name, number));
    },
    async list({ documents }) {
      return (await documents.list(table, partition, { after: 'head-', before: 'head.' })).map(versionIn);
    },
    async listVersions({ documents }, name) {
      const [after, before] = [`number-${name}-`, `number-${name}.`];
      const rows = await documents.list(table, partition, { after, before });
      return rows.map(versionIn).filter((version) => version.name === name);
    },
    replace: (store, after, next) => replace({ table, partition, versionIn }, { store, after, next }),
  };
}

/** The head is what counts; a row of its own keeps each version. */
async function replace<T extends Version>(
  { table, partition, versionIn }: Omit<Kind<T>, 'format'> & { readonly versionIn: (stored: Stored) => T },
  {
    store: { documents },
    after,
    next,
  }: { readonly store: Store; readonly after: number; readonly next: Omit<T, 'number'> },
): Promise<boolean> {
  const { name } = next;
  const row = headOf(name);
  const value = seal({ ...next, number: after + 1 });
  const stored = await documents.get({ table, partition, row });
  if (stored === undefined) {
    if (after !== 0 || (await documents.insert({ table, partition, row }, value)) === undefined) return false;
    await documents.putAll(table, partition, [{ row: rowOf(name, 1), value }]);
    return true;
  }
  if (versionIn(stored).number !== after) return false;
  const puts = [
    // The first one may have died before its version was kept.
    { row: rowOf(name, after), value: stored.value },
    { row: rowOf(name, after + 1), value },
  ];
  const head = { row, etag: stored.etag, value };
  return (await documents.commit({ table, partition, head, puts, removes: [] })) !== undefined;
}
