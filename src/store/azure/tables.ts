import type { TableClient } from '@azure/data-tables';
import { TABLES } from '../port.ts';
import type { Table } from '../port.ts';
import { connectTable, deadline } from './connection.ts';
import type { AzureStoreSettings, Pair } from './connection.ts';
import { once } from './faults.ts';

/** The tables of one storage account, each made at its first use. */
export interface Tables {
  open(table: Table): Promise<Pair<TableClient>>;
  /** Gives one call up after its time. */
  timeLimit(): { readonly abortSignal: AbortSignal };
}

export function connectTables(settings: AzureStoreSettings): Tables {
  const timeLimit = () => ({ abortSignal: deadline(settings) });
  const tables = new Map(
    TABLES.map((table) => {
      const pair = connectTable(settings, table);
      return [table, { ...pair, ready: once(() => pair.reader.createTable(timeLimit())) }] as const;
    }),
  );
  return {
    timeLimit,
    async open(table) {
      const found = tables.get(table);
      if (found === undefined) throw new RangeError(`there is no table "${table}"`);
      await found.ready();
      return found;
    },
  };
}
