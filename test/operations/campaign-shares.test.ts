import { describe, expect, it } from 'vitest';
import { acquireLease } from '../../src/store/leases.ts';
import { takeShare } from '../../src/store/shares.ts';
import { scaleSetId, SUBSCRIPTION } from '../lab/lab.ts';
import { createMemoryStore } from '../lab/memory-store.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const share = (name: string, pages: number, location = 'westeurope') => ({
  subscriptionId: SUBSCRIPTION,
  location,
  scaleSet: scaleSetId(name),
  pages,
});

describe('the share of a scale set in what Azure reads', () => {
  // Feature [Campaigns] A budget of reads for a subscription and region, shared by all campaigns through the store (new 19)
  it('is given while there is room in its subscription and region', async () => {
    const store = createMemoryStore();
    const limits = { most: 10, now: NOW, isOpen: true };
    expect(await takeShare(store, share('a', 6), limits)).toBe(true);
    expect(await takeShare(store, share('b', 6), limits)).toBe(false);
    expect(await takeShare(store, share('b', 4), limits)).toBe(true);
    expect(await takeShare(store, share('c', 6, 'northeurope'), limits)).toBe(true);
    // Whoever has one is not asked again.
    expect(await takeShare(store, share('a', 6), { ...limits, isOpen: false })).toBe(true);
  });

  it('is its own for as long as a rollout holds the set, and no longer', async () => {
    const store = createMemoryStore();
    const limits = { most: 10, now: NOW, isOpen: true };
    await takeShare(store, share('held', 6), limits);
    await takeShare(store, share('died', 4), limits);
    await acquireLease(store, {
      scaleSet: scaleSetId('held'),
      rolloutId: 'r',
      since: '2026-11-21T08:00:00Z',
    });
    const later = { ...limits, now: NOW + 600_000 };
    expect(await takeShare(store, share('b', 6), later)).toBe(false);
    expect(await takeShare(store, share('c', 4), later)).toBe(true);
  });

  it('is given to one of two who ask at once for the last of it', async () => {
    const store = createMemoryStore();
    const limits = { most: 10, now: NOW, isOpen: true };
    const given = await Promise.all(['a', 'b', 'c'].map((name) => takeShare(store, share(name, 5), limits)));
    expect(given.filter(Boolean)).toHaveLength(2);
  });
});
