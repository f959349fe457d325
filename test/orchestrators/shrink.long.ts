import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { acceptedUpgrades, expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

/** Zones of each accepted upgrade, by the simulator's own word. */
function zonesOfUpgrades(lab: Lab): readonly (readonly string[])[] {
  const zones = new Map(
    lab.sim.scaleSet('web')?.instances.map(({ instanceId, zone = '' }) => [instanceId, zone]),
  );
  return acceptedUpgrades(lab.log).map((ids) => [...new Set(ids.map((id) => zones.get(id) ?? ''))]);
}

/** The most zones in which somebody was down at the same moment. */
function mostZonesDown(log: readonly LogEntry[], zoneOf: (id: string) => string | undefined): number {
  const down = new Set<string>();
  let most = 0;
  for (const entry of log) {
    if (entry.kind !== 'instance' || entry.change !== 'serving') continue;
    if (entry.value) down.delete(entry.instance);
    else down.add(entry.instance);
    most = Math.max(most, new Set([...down].map((id) => zoneOf(id))).size);
  }
  return most;
}

describe('a batch', () => {
  // Feature [Batches] A batch shrinks while others are down, and the rest follows (Batches, D28)
  it('shrinks by as many as are down already, and the rest follows', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    lab.sim.inject({ kind: 'sickInstance', instances: ['13', '14'], untilSeconds: 1500 });
    await lab.host.advance(60_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    // Two others are down, so one at a time.
    expect(acceptedUpgrades(lab.log).slice(1, 4)).toEqual([['1'], ['6'], ['11']]);
    expectSafe(lab);
    expectImages(lab, NEW);
  });

  // Feature [Batches] Instances that are down already cost no room (Batches, D28)
  it('takes those of its own that are down already beside what the floor allows', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] }, health: { fixForward: true } });
    await lab.until(id, 'waiting');
    lab.sim.inject({ kind: 'sickInstance', instances: ['1', '13'], untilSeconds: 4000 });
    await lab.host.advance(60_000);
    await lab.send(id, 'approve');
    await lab.until(id, () => acceptedUpgrades(lab.log).length >= 2);
    // One of the batch and one elsewhere are down: with the sick one there is room for one that serves.
    expect(acceptedUpgrades(lab.log)[1]).toEqual(['1', '6']);
    expectSafe(lab);
  });

  // Feature [Batches] A batch shrinks on the way back, too (Batches, I55)
  it('shrinks on the way back, too', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [2] } });
    await lab.until(id, 'waiting');
    const before = acceptedUpgrades(lab.log).length;
    lab.sim.inject({ kind: 'sickInstance', instances: ['13', '14'], untilSeconds: 6000 });
    await lab.host.advance(60_000);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(
      acceptedUpgrades(lab.log)
        .slice(before)
        .every((ids) => ids.length === 1),
    ).toBe(true);
    expectSafe(lab, { mostDisruptions: 2 });
  });
});

describe('zones', () => {
  const ZONAL = { count: 12, zones: ['1', '2', '3'] };

  // Feature [Batches] Zones are never mixed by update domain (Batches, A3)
  //   shown by: zones > are never mixed in a batch by updateDomain
  it.each(['updateDomain', 'faultDomain', 'zone'])('are never mixed in a batch by %s', async (batchBy) => {
    await using lab = await startLab(ZONAL);
    expect((await lab.rollOut({ strategy: { batchBy, canary: 1, maxUnavailable: 3 } })).phase).toBe(
      'succeeded',
    );
    expect(zonesOfUpgrades(lab).every((zones) => zones.length === 1)).toBe(true);
    const zones = new Map(
      lab.sim.scaleSet('web')?.instances.map(({ instanceId, zone }) => [instanceId, zone]),
    );
    expect(mostZonesDown(lab.log, (id) => zones.get(id))).toBe(1);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 9 });
  });

  // Feature [Batches] Zones are mixed where that is asked for (Batches)
  it('are mixed where the batches go by count', async () => {
    await using lab = await startLab(ZONAL);
    const strategy = { batchBy: 'count', steps: [3], maxUnavailable: 3 };
    expect((await lab.rollOut({ strategy })).phase).toBe('succeeded');
    expect(Math.max(...zonesOfUpgrades(lab).map((zones) => zones.length))).toBe(3);
    expectSafe(lab, { floor: 9 });
  });
});
