import { expect, it } from 'vitest';
import { labCipher } from '../lab/cipher.ts';
import { createAzureStore } from '../../src/store/azure/store.ts';
import { connectionString, startAzurite } from './support/azurite.ts';
import { startLossyProxy } from './support/lossy-proxy.ts';
import { expectImages, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const INSTANCES = 1000;
const BATCHES = 5;

/** Of the app itself, for one batch of 200; the Durable extension's own come on top. */
const MOST_TRANSACTIONS = 60;

/** So many requests of the service take the upgrade of one batch. */
const WRITES = 2;

/**
 * How many requests had been sent when each batch's first upgrade went out, and at the end. A request is what the
 * service counts as a transaction, however many documents it carries.
 */
async function countAtUpgrades(lab: Lab, id: string, sent: () => number): Promise<readonly number[]> {
  const counts: number[] = [];
  await lab.host.runUntil(() => {
    const upgrades = writes(lab.log).filter(({ operation }) => operation === 'manualupgrade').length;
    if (upgrades > counts.length * WRITES) counts.push(sent());
    return lab.host.client.status(id)?.runtimeStatus === 'Completed';
  });
  return [...counts, sent()];
}

it('takes few storage transactions for a batch of 200 of 1,000 instances', async () => {
  await using azurite = await startAzurite();
  await using tables = await startLossyProxy(azurite.tableUrl);
  await using blobs = await startLossyProxy(azurite.blobUrl);
  const urls = { tableUrl: tables.url, blobUrl: blobs.url };
  const store = createAzureStore({ connectionString: connectionString(urls) }, labCipher());
  await using lab = await startLab({ count: INSTANCES, profile: { pageSize: 100 }, ports: { store } });
  const strategy = { batchBy: 'percent', steps: ['20%'], maxUnavailable: '20%' };
  const id = await lab.start({ strategy });
  const counts = await countAtUpgrades(lab, id, () => tables.requests.length + blobs.requests.length);
  expect((await lab.get(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);

  const perBatch = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
  // The last batch also ends the rollout.
  console.log(`storage transactions of each batch of 200: ${perBatch.join(', ')}`);
  expect(perBatch).toHaveLength(BATCHES);
  expect(Math.max(...perBatch)).toBeLessThanOrEqual(MOST_TRANSACTIONS);
});
