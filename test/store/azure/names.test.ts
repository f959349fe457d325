import { readFileSync } from 'node:fs';
import { TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { expect, it } from 'vitest';
import { ANCHOR_CONTAINER_NAME, CONTAINER_NAME, TABLE_NAMES } from '../../../src/store/azure/names.ts';
import { labCipher } from '../../lab/cipher.ts';
import { createAzureStore } from '../../../src/store/azure/store.ts';
import { TABLES } from '../../../src/store/port.ts';
import { connectionString, startAzurite } from '../support/azurite.ts';

interface Names {
  readonly tables: readonly string[];
  readonly containers: readonly string[];
  readonly queues: readonly string[];
}

const HOST_JSON = JSON.parse(
  readFileSync(new URL('../../../host.json', import.meta.url), 'utf8'),
) as HostJson;

interface HostJson {
  readonly extensions: {
    readonly durableTask: {
      readonly hubName: string;
      readonly storageProvider: { readonly partitionCount: number };
    };
  };
}

/** What the Durable extension 3.x makes for a task hub (its Azure Storage provider). */
function namesOfHub(hub: string, partitionCount: number): Names {
  const lower = hub.toLowerCase();
  const partitions = Array.from({ length: partitionCount }, (_, index) => String(index).padStart(2, '0'));
  return {
    tables: ['Instances', 'History', 'Partitions'].map((what) => `${hub}${what}`),
    containers: ['leases', 'applease', 'largemessages'].map((what) => `${lower}-${what}`),
    queues: ['workitems', ...partitions.map((number) => `control-${number}`)].map(
      (what) => `${lower}-${what}`,
    ),
  };
}

const { hubName, storageProvider } = HOST_JSON.extensions.durableTask;
const HUB = namesOfHub(hubName, storageProvider.partitionCount);
const APP: Names = { tables: TABLE_NAMES, containers: [CONTAINER_NAME, ANCHOR_CONTAINER_NAME], queues: [] };

const plain = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase());

it.for(['tables', 'containers', 'queues'] as const)(
  'gives no two of the %s of hub and app one name, which ignores case',
  (kind) => {
    const all = plain([...HUB[kind], ...APP[kind]]);
    expect(all.length).toBeGreaterThan(0);
    expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
  },
);

it('gives the app no name that any other hub could have', () => {
  const endings = namesOfHub('', storageProvider.partitionCount);
  for (const kind of ['tables', 'containers'] as const) {
    for (const name of plain(APP[kind])) {
      expect(plain(endings[kind]).filter((ending) => name.endsWith(ending))).toEqual([]);
      expect(name.startsWith(hubName.toLowerCase())).toBe(false);
      // The Functions host's own.
      expect(name).not.toMatch(/^azure/);
    }
  }
});

it('gives the app names that the service takes', () => {
  for (const name of APP.tables) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]{2,62}$/);
  for (const name of APP.containers) expect(name).toMatch(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/);
});

it('makes in the storage account what these lists name, and nothing else', async () => {
  await using azurite = await startAzurite();
  const account = connectionString(azurite);
  const { documents, blobs, anchors } = createAzureStore({ connectionString: account }, labCipher());
  for (const table of TABLES) await documents.insert({ table, partition: 'p', row: 'r' }, {});
  await blobs.create('plans/r', 'text');
  await anchors.create('anchor-00000001', 'text');
  const tables = TableServiceClient.fromConnectionString(account, { allowInsecureConnection: true });
  const containers = BlobServiceClient.fromConnectionString(account);
  expect(await namesIn(tables.listTables())).toEqual(APP.tables.toSorted());
  expect(await namesIn(containers.listContainers())).toEqual(APP.containers.toSorted());
});

async function namesIn(found: AsyncIterable<{ readonly name?: string }>): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of found) names.push(name ?? '');
  return names.toSorted();
}
