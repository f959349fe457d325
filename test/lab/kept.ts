import type { Table } from '../../src/store/port.ts';
import type { MemoryStore } from './memory-store.ts';

/** Every document that a store holds, by `table/partition/row`, and every blob by its name. */
export async function kept(store: MemoryStore): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  const partitions = new Set<string>();
  const blobs = new Set<string>();
  for (const [, act = '', name = ''] of store.calls.map((call) => /^(\w+) (\S+)/.exec(call) ?? [])) {
    if (act === 'create') blobs.add(name);
    else if (isWrite(act)) partitions.add(name.split('/').slice(0, 2).join('/'));
  }
  for (const name of partitions) {
    const [table = '', partition = ''] = name.split('/');
    const rows = await store.documents.list(table as Table, partition);
    for (const { row, value } of rows) found.set(`${name}/${row}`, value);
  }
  for (const name of blobs) {
    const text = await store.blobs.read(name);
    if (text !== undefined) found.set(name, text);
  }
  return found;
}

/** Calls that change what a store holds. */
export function isWrite(call: string): boolean {
  return /^(?:insert|replace|commit|putAll|remove|create)\b/.test(call);
}
