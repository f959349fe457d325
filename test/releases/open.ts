import { toStored } from '../../src/store/azure/entities.ts';
import { CONTAINER_NAME, tableName } from '../../src/store/azure/names.ts';
import { TABLES } from '../../src/store/port.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { createMemoryStore } from '../lab/memory-store.ts';
import type { MemoryStore } from '../lab/memory-store.ts';
import type { Recording } from './recording.ts';

/** Today's app over what a release left behind. Its workflows are gone: histories are for test/replay to go on with. */
export async function openRecording({ options, at, requests, ...storage }: Recording): Promise<Lab> {
  const journal = { past: requests, append: () => undefined };
  return startLab({ ...options, journal, goesOn: { at, store: await storeOf(storage) } });
}

async function storeOf({
  tables,
  containers,
}: Pick<Recording, 'tables' | 'containers'>): Promise<MemoryStore> {
  const store = createMemoryStore();
  for (const table of TABLES) {
    for (const entity of tables[tableName(table)] ?? []) {
      const { row, value } = toStored({ ...entity, etag: '' });
      await store.documents.insert({ table, partition: entity['partitionKey'] ?? '', row }, value);
    }
  }
  for (const [name, text] of Object.entries(containers[CONTAINER_NAME] ?? {}))
    await store.blobs.create(name, text);
  return store;
}
