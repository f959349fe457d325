import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTAINER_NAME, tableName } from '../../../src/store/azure/names.ts';
import { labCipher } from '../../lab/cipher.ts';
import { createAzureStore } from '../../../src/store/azure/store.ts';
import { TABLES } from '../../../src/store/port.ts';
import type { DocumentKey, Store } from '../../../src/store/port.ts';
import { readRecording, recordedReleases } from '../../releases/recording.ts';
import type { Recording } from '../../releases/recording.ts';
import { connectionString, startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { startLossyProxy } from '../support/lossy-proxy.ts';
import type { Fate, LossyProxy } from '../support/lossy-proxy.ts';

let azurite: Azurite;
let tables: LossyProxy;
let blobs: LossyProxy;
let store: Store;

beforeAll(async () => {
  azurite = await startAzurite();
  tables = await startLossyProxy(azurite.tableUrl);
  blobs = await startLossyProxy(azurite.blobUrl);
  store = createAzureStore(
    { connectionString: connectionString({ tableUrl: tables.url, blobUrl: blobs.url }) },
    labCipher(),
  );
  await store.documents.get(aKey());
  await store.blobs.read('warm');
});
afterAll(async () => {
  await tables[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
  await azurite[Symbol.asyncDispose]();
});
beforeEach(() => {
  for (const proxy of [tables, blobs]) {
    proxy.decide(() => 'pass');
    proxy.requests.length = 0;
  }
});

function aKey(): DocumentKey {
  return { table: 'leases', partition: `p-${randomUUID()}`, row: 'r' };
}

function sent(proxy: LossyProxy, method: string): number {
  return proxy.requests.filter((request) => request.startsWith(`${method} `)).length;
}

/** Strikes only requests of one method. */
function strike(proxy: LossyProxy, method: string, fate: Fate): void {
  proxy.decide((request) => (request.startsWith(`${method} `) ? fate : 'pass'));
}

const LOST: readonly Fate[] = ['loseAnswer', 'answer500'];

describe('a write whose answer is lost', () => {
  it.each(LOST)('has inserted: %s', async (fate) => {
    const key = aKey();
    strike(tables, 'POST', fate);
    const inserted = await store.documents.insert(key, { token: 1 });
    expect(sent(tables, 'POST')).toBe(1);
    expect(inserted?.value).toEqual({ token: 1 });
    expect(await store.documents.get(key)).toEqual(inserted);
    expect(await store.documents.replace(key, { token: 2 }, inserted?.etag ?? '')).toBeDefined();
  });

  it.each(LOST)('has replaced: %s', async (fate) => {
    const key = aKey();
    const first = await store.documents.insert(key, { token: 1 });
    strike(tables, 'PUT', fate);
    const second = await store.documents.replace(key, { token: 2 }, first?.etag ?? '');
    expect(sent(tables, 'PUT')).toBe(1);
    expect(second?.value).toEqual({ token: 2 });
    expect(await store.documents.get(key)).toEqual(second);
  });

  it.each(LOST)('has committed: %s', async (fate) => {
    const { table, partition, row } = aKey();
    const first = await store.documents.insert({ table, partition, row }, 1);
    tables.requests.length = 0;
    strike(tables, 'POST', fate);
    const second = await store.documents.commit({
      table,
      partition,
      head: { row, value: 2, etag: first?.etag ?? '' },
      puts: [{ row: 'other', value: 2 }],
      removes: [],
    });
    expect(sent(tables, 'POST')).toBe(1);
    expect(second?.value).toBe(2);
    const kept = await store.documents.list(table, partition);
    expect(kept.map(({ value }) => value)).toEqual([2, 2]);
    expect(await store.documents.replace({ table, partition, row }, 3, second?.etag ?? '')).toBeDefined();
  });

  it.each(LOST)('has created a blob: %s', async (fate) => {
    const name = randomUUID();
    strike(blobs, 'PUT', fate);
    expect(await store.blobs.create(name, 'plan')).toBe(true);
    expect(sent(blobs, 'PUT')).toBe(1);
    expect(await store.blobs.read(name)).toBe('plan');
  });

  it("is not taken for another's write of the same value", async () => {
    const key = aKey();
    await store.documents.insert(key, { token: 1 });
    strike(tables, 'POST', 'loseAnswer');
    await expect(store.documents.insert(key, { token: 1 })).rejects.toThrow();
    const head = { row: key.row, value: { token: 1 }, etag: 'W/"of an earlier one"' };
    await expect(store.documents.commit({ ...key, head, puts: [], removes: [] })).rejects.toThrow();
    const name = randomUUID();
    await store.blobs.create(name, 'plan');
    strike(blobs, 'PUT', 'loseAnswer');
    await expect(store.blobs.create(name, 'plan')).rejects.toThrow();
  });
});

describe('a write that never arrived', () => {
  it('is sent once and thrown', async () => {
    const key = aKey();
    strike(tables, 'POST', 'drop');
    await expect(store.documents.insert(key, {})).rejects.toThrow();
    expect(sent(tables, 'POST')).toBe(1);
    await expect(
      store.documents.putAll(key.table, key.partition, [{ row: 'r', value: 1 }]),
    ).rejects.toThrow();
    expect(sent(tables, 'POST')).toBe(2);
    tables.decide(() => 'pass');
    expect(await store.documents.get(key)).toBeUndefined();
  });

  it('is not a conflict when nothing can be read back', async () => {
    const first = await store.documents.insert(aKey(), {});
    tables.decide(() => 'drop');
    await expect(store.documents.replace(aKey(), {}, first?.etag ?? '')).rejects.toThrow();
  });
});

describe('a read', () => {
  it('is repeated when its answer is lost', async () => {
    const key = aKey();
    const inserted = await store.documents.insert(key, 'kept');
    let left = 2;
    tables.decide(() => (left-- > 0 ? 'loseAnswer' : 'pass'));
    expect(await store.documents.get(key)).toEqual(inserted);
  });

  it('is thrown when the store stays away', async () => {
    tables.decide(() => 'drop');
    await expect(store.documents.get(aKey())).rejects.toThrow();
    blobs.decide(() => 'drop');
    await expect(store.blobs.read('away')).rejects.toThrow();
  });

  it('asks for no more than the top', async () => {
    const { partition } = aKey();
    const rows = Array.from({ length: 50 }, (_, i) => ({ row: String(i).padStart(3, '0'), value: i }));
    await store.documents.putAll('rollouts', partition, rows);
    tables.requests.length = 0;
    expect(await store.documents.list('rollouts', partition, { after: '009', top: 5 })).toHaveLength(5);
    expect(tables.requests).toHaveLength(1);
    expect(tables.requests[0]).toContain('$top=5&');
  });
});

describe('the tables', () => {
  it('are made at first use, by racing processes too', async () => {
    await using fresh = await startAzurite();
    const racers = Array.from({ length: 4 }, () =>
      createAzureStore({ connectionString: connectionString(fresh) }, labCipher()),
    );
    const key = aKey();
    const inserted = await Promise.all(racers.map(({ documents }) => documents.insert(key, {})));
    expect(inserted.filter(Boolean)).toHaveLength(1);
    const created = await Promise.all(racers.map((racer) => racer.blobs.create('one', 'text')));
    expect(created.filter(Boolean)).toHaveLength(1);
  });

  it('are tried again when they could not be made', async () => {
    tables.decide(() => 'drop');
    const late = createAzureStore(
      { connectionString: connectionString({ tableUrl: tables.url, blobUrl: blobs.url }) },
      labCipher(),
    );
    await expect(late.documents.get(aKey())).rejects.toThrow();
    tables.decide(() => 'pass');
    expect(await late.documents.get(aKey())).toBeUndefined();
  });
});

describe('what a release has stored', () => {
  it.for(recordedReleases())('%s, is read as it was written', async (release) => {
    const { tables: recorded, containers, rollout } = readRecording(release, 'ended');
    await using fresh = await startAzurite();
    await fill(connectionString(fresh), recorded, containers);
    const { documents, blobs: texts } = createAzureStore(
      { connectionString: connectionString(fresh) },
      labCipher(),
    );
    const head = await documents.get({ table: 'rollouts', partition: rollout, row: 'head' });
    expect(head?.value).toMatchObject({ record: { id: rollout, phase: 'succeeded' } });
    for (const table of TABLES) {
      const entities = recorded[tableName(table)] ?? [];
      const partitions = new Set(entities.map(({ partitionKey = '' }) => partitionKey));
      const found = await Promise.all([...partitions].map((partition) => documents.list(table, partition)));
      expect(found.flat().length).toBe(entities.length);
    }
    for (const [name, text] of Object.entries(containers[CONTAINER_NAME] ?? {}))
      expect(await texts.read(name)).toBe(text);
  });
});

/** As the release itself has written it, without a line of today's store. */
async function fill(
  storage: string,
  recorded: Recording['tables'],
  containers: Recording['containers'],
): Promise<void> {
  for (const [name, entities] of Object.entries(recorded)) {
    const client = TableClient.fromConnectionString(storage, name, { allowInsecureConnection: true });
    await client.createTable();
    for (const { partitionKey = '', rowKey = '', ...more } of entities)
      await client.createEntity({ partitionKey, rowKey, ...more });
  }
  for (const [name, texts] of Object.entries(containers)) {
    const container = BlobServiceClient.fromConnectionString(storage).getContainerClient(name);
    await container.create();
    for (const [blob, text] of Object.entries(texts))
      await container.getBlockBlobClient(blob).upload(text, Buffer.byteLength(text));
  }
}

describe('the connection', () => {
  const account = 'AccountName=shop;AccountKey=c2VjcmV0;';

  it.each([
    `DefaultEndpointsProtocol=http;${account}EndpointSuffix=core.windows.net`,
    `DefaultEndpointsProtocol=https;${account}TableEndpoint=http://10.0.0.4/shop;BlobEndpoint=http://127.0.0.1/shop`,
    `DefaultEndpointsProtocol=https;${account}TableEndpoint=http://127.0.0.1/shop;BlobEndpoint=http://127.0.0.1.evil.example/shop`,
  ])('is refused without TLS: %s', (text) => {
    expect(() => createAzureStore({ connectionString: text }, labCipher())).toThrow(/only a loopback/u);
  });

  it.each([
    `DefaultEndpointsProtocol=https;${account}EndpointSuffix=core.windows.net`,
    'UseDevelopmentStorage=true',
  ])('is accepted: %s', (text) => {
    expect(() => createAzureStore({ connectionString: text }, labCipher())).not.toThrow();
  });

  it('may be by an identity, to an account with a proper name', () => {
    const credential = { getToken: () => Promise.resolve(null) };
    expect(() => createAzureStore({ accountName: 'shopstore', credential }, labCipher())).not.toThrow();
    expect(() => createAzureStore({ accountName: 'evil.example/', credential }, labCipher())).toThrow(
      /account/u,
    );
  });
});
