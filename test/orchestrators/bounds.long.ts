import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { expectImages, writes } from '../lab/judge.ts';
import { drawnCount } from '../lab/drawn.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const INSTANCES = 1000;
const PAGE = 100;
const PAGES = INSTANCES / PAGE;
/** A list that is short for a moment is read once more, beyond these bounds. */
const PROFILE = { pageSize: PAGE, shortLists: { share: 0, seconds: 0 } };

interface Requests {
  readonly instances: number;
  readonly writes: number;
  readonly polls: number;
  readonly pages: number;
  readonly others: number;
}

/**
 * Requests between one batch's first upgrade and the next one's. A batch of more than a hundred instances takes several
 * writes, one right after the other.
 */
function requestsPerBatch(log: readonly LogEntry[], perBatch: number): readonly Requests[] {
  const upgrades = writes(log).filter(({ operation }) => operation === 'manualupgrade');
  const first = upgrades.filter((_, index) => index % Math.ceil(perBatch / 100) === 0);
  return first.map(({ sequence: from }, index) => {
    const to = first[index + 1]?.sequence ?? Number.POSITIVE_INFINITY;
    const inside = log.filter(
      (entry): entry is Extract<LogEntry, { kind: 'request' }> =>
        entry.kind === 'request' && entry.sequence >= from && entry.sequence < to,
    );
    const count = (operation: string) => inside.filter((entry) => entry.operation === operation).length;
    const sent = inside.filter(({ operation }) => operation === 'manualupgrade');
    const [polls, pages] = [count('poll'), count('listInstances')];
    return {
      instances: sent.flatMap(({ instances = [] }) => instances).length,
      writes: sent.length,
      polls,
      pages,
      others: inside.length - sent.length - polls - pages,
    };
  });
}

interface Measured {
  /** History rows from each batch's first upgrade to the next one's; of the last one to the end of the rollout. */
  readonly perBatch: readonly number[];
  /** Rows before that: of planning, of the gate, and of the model's write. */
  readonly others: number;
  readonly longestGeneration: number;
  readonly customStatus: number;
}

/** How many batches have begun: the service has their first upgrades. */
function begunIn(log: readonly LogEntry[], perBatch: number): number {
  const sent = log.filter((entry) => entry.kind === 'request' && entry.operation === 'manualupgrade').length;
  return Math.ceil(sent / Math.ceil(perBatch / 100));
}

/** Reads the host's history while the rollout runs: those of past generations are not kept. */
async function measure(lab: Lab, id: string, size: number): Promise<Measured> {
  const perBatch: number[] = [];
  let [others, last, longestGeneration, customStatus] = [0, 0, 0, 0];
  await lab.host.runUntil(() => {
    const now = lab.host.client.status(id);
    const { length } = lab.host.history(id);
    // A new generation begins from nothing.
    const grown = length - (length < last ? 0 : last);
    const begun = grown === 0 ? 0 : begunIn(lab.log, size);
    if (begun === 0) others += grown;
    else perBatch[begun - 1] = (perBatch[begun - 1] ?? 0) + grown;
    last = length;
    longestGeneration = Math.max(longestGeneration, length);
    customStatus = Math.max(customStatus, JSON.stringify(now?.customStatus ?? '').length);
    return now?.runtimeStatus === 'Completed';
  });
  return { perBatch, others, longestGeneration, customStatus };
}

const SHAPES = [
  { name: 'batches of 200', size: 200, strategy: { batchBy: 'percent', steps: ['20%'] }, seeds: [1, 2, 3] },
  { name: 'batches of 100', size: 100, strategy: { batchBy: 'count', steps: [100] }, seeds: [1, 2] },
  { name: 'batches of 50', size: 50, strategy: { batchBy: 'count', steps: [50] }, seeds: [1] },
];

describe.each(SHAPES)('a set of a thousand in $name', ({ name, size, strategy, seeds }) => {
  // Feature [Guards] Few requests a batch, for a thousand instances too (K64, new 19)
  //   shown by: a set of a thousand in batches of 200 > stays within its bounds, seed 1
  it.each(seeds.slice(0, drawnCount(seeds.length)))('stays within its bounds, seed %i', async (seed) => {
    await using lab = await startLab({ count: INSTANCES, seed, profile: PROFILE });
    const id = await lab.start({ strategy: { ...strategy, maxUnavailable: '20%' } });
    const rows = await measure(lab, id, size);
    expect((await lab.get(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);

    const batches = requestsPerBatch(lab.log, size);
    console.log(`${name}, seed ${seed}; pages of ${PAGE}: ${JSON.stringify(batches)}`);
    console.log(`history rows: ${JSON.stringify(rows)}`);
    expect(batches.map(({ instances }) => instances)).toEqual(Array(INSTANCES / size).fill(size));
    for (const { pages, others } of batches) expect(pages + others).toBeLessThanOrEqual(6 + 3 * PAGES);
    expect(rows.perBatch).toHaveLength(batches.length);
    expect(Math.max(...rows.perBatch)).toBeLessThanOrEqual(60);
    expect(rows.longestGeneration).toBeLessThan(1000);
    expect(rows.customStatus).toBeLessThan(2048);
  });
});

/**
 * There a write has no look of its own: one list serves to judge what is under way and to refill. In between, those that
 * hold slots are asked one by one, out of a bucket that each instance has for itself.
 */
it('slides over a thousand with no more lists than writes allow, and a few reads of each instance', async () => {
  await using lab = await startLab({ count: INSTANCES, profile: PROFILE });
  const strategy = { batchBy: 'count', steps: [100], pacing: 'sliding', maxUnavailable: '20%' };
  const id = await lab.start({ strategy });
  const rows = await measure(lab, id, 100);
  expect((await lab.get(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  const sent = writes(lab.log).filter(({ operation }) => operation === 'manualupgrade').length;
  const requests = lab.log.filter((entry) => entry.kind === 'request');
  const count = (operation: string) => requests.filter((entry) => entry.operation === operation).length;
  const [pages, polls] = [count('listInstances'), count('poll')];
  const singles = count('getInstance');
  const others = requests.length - sent - pages - polls - singles;
  console.log(
    `sliding: ${sent} writes, ${polls} polls, ${pages} pages of ${PAGE}, ${singles} single reads, ${others} others`,
  );
  console.log(`history rows: ${JSON.stringify(rows)}`);
  expect(rows.longestGeneration).toBeLessThan(1000);
  expect(rows.customStatus).toBeLessThan(2048);
  expect(pages + others).toBeLessThanOrEqual(sent * (6 + 3 * PAGES));
  expect(singles).toBeLessThanOrEqual(6 * INSTANCES);
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
});
