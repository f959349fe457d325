import { expect, it } from 'vitest';
import { EventType } from '../../local/host/durable/wire/event.ts';
import { labCipher } from '../lab/cipher.ts';
import { createAzureStore } from '../../src/store/azure/store.ts';
import { connectionString, startAzurite } from './support/azurite.ts';
import { startLossyProxy } from './support/lossy-proxy.ts';
import { expectImages } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const INSTANCES = 1000;
const BATCHES = 5;

/** Of the app itself, for one batch of 200; the Durable extension's own come on top. */
const MOST_TRANSACTIONS = 60;

/**
 * How many requests had been sent when each batch came to its gate, and when the last one was over. A request is what
 * the service counts as a transaction, however many documents it carries.
 */
async function countAtGates(lab: Lab, id: string, sent: () => number): Promise<readonly number[]> {
  const counts: number[] = [];
  let [seen, hasSoaked] = [0, true];
  await lab.host.runUntil(() => {
    const history = lab.host.history(id);
    for (const event of history.slice(history.length < seen ? 0 : seen)) {
      if (event.EventType !== EventType.TaskScheduled) continue;
      const isNext = event.Name === 'openGate' && hasSoaked;
      if (isNext || (event.Name === 'takeInJoiners' && counts.length === BATCHES)) counts.push(sent());
      hasSoaked = event.Name === 'soakBatch' || (hasSoaked && event.Name !== 'openGate');
    }
    seen = history.length;
    return lab.host.client.status(id)?.runtimeStatus === 'Completed';
  });
  return counts;
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
  const counts = await countAtGates(lab, id, () => tables.requests.length + blobs.requests.length);
  expect((await lab.get(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);

  const perBatch = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
  // The first batch also writes the model.
  console.log(`storage transactions of each batch of 200: ${perBatch.join(', ')}`);
  expect(perBatch).toHaveLength(BATCHES);
  expect(Math.max(...perBatch)).toBeLessThanOrEqual(MOST_TRANSACTIONS);
});
