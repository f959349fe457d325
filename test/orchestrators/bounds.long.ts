import { expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { expectImages, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';

const INSTANCES = 1000;
const PAGE = 100;

/** Requests of each batch: from its first upgrade's look to the next batch's. */
function requestsPerBatch(
  log: readonly LogEntry[],
): { reads: number; polls: number; writes: number; pages: number }[] {
  const upgrades = writes(log).filter(({ operation }) => operation === 'manualupgrade');
  return upgrades.map((upgrade, index) => {
    const from = upgrade.sequence;
    const to = upgrades[index + 1]?.sequence ?? Number.POSITIVE_INFINITY;
    const inside = log.filter(
      (entry): entry is Extract<LogEntry, { kind: 'request' }> =>
        entry.kind === 'request' && entry.sequence >= from && entry.sequence < to,
    );
    const count = (operation: string) => inside.filter((entry) => entry.operation === operation).length;
    return {
      writes: count('manualupgrade'),
      polls: count('poll'),
      pages: count('listInstances'),
      reads: inside.length - count('manualupgrade') - count('poll') - count('listInstances'),
    };
  });
}

it('keeps a set of a thousand within its bounds', async () => {
  await using lab = await startLab({ count: INSTANCES, profile: { pageSize: PAGE } });
  const id = await lab.start({ strategy: { batchBy: 'percent', steps: ['20%'], maxUnavailable: '20%' } });
  let longest = 0;
  let status = 0;
  await lab.host.runUntil(() => {
    const now = lab.host.client.status(id);
    longest = Math.max(longest, lab.host.history(id).length);
    status = Math.max(status, JSON.stringify(now?.customStatus ?? '').length);
    return now?.runtimeStatus === 'Completed';
  });
  expect((await lab.get(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  const batches = requestsPerBatch(lab.log);
  const pages = INSTANCES / PAGE;
  console.log(`pages of ${PAGE}; requests per write: ${JSON.stringify(batches)}`);
  console.log(`longest history ${longest} events, custom status ${status} characters`);
  for (const { reads, polls, writes: sent, pages: listed } of batches) {
    expect(reads + sent + listed).toBeLessThanOrEqual(6 + sent + 5 * pages);
    expect(polls).toBeLessThan(20);
  }
  expect(longest).toBeLessThan(1000);
  expect(status).toBeLessThan(2048);
});
