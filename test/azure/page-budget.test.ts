import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../local/simulator/simulator.ts';
import { createCompute } from '../../src/azure/arm.ts';
import type { Compute, Read, ScaleSetAddress } from '../../src/azure/port.ts';
import { createSimulatorClient } from '../lab/fetch-client.ts';

interface Scene {
  readonly compute: Compute;
  readonly addressOf: (name: string) => ScaleSetAddress;
  readonly pass: (seconds: number) => void;
  /** Another client of the same service asks for a page. */
  readonly other: (name: string) => Promise<void>;
  /** Statuses of all requests for a page. */
  readonly statuses: () => readonly (number | null)[];
}

/** Sets with as many pages as their names say: `ten-1` has ten. */
function aScene(names: readonly string[], pages = 10): Scene {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const clock = { now: () => now };
  const scaleSets = names.map((name) => ({ name, count: pages }));
  const simulator = createSimulator({
    clock,
    seed: 7,
    scaleSets,
    profile: { pageSize: 1, shortLists: { share: 0, seconds: 0 } },
  });
  const { subscriptionId, resourceGroup } = simulator.settings;
  const client = createSimulatorClient(simulator);
  const compute = createCompute({ endpoint: 'http://127.0.0.1', clock, httpClient: client });
  return {
    compute,
    addressOf: (name) => ({ subscriptionId, resourceGroup, name }),
    pass(seconds) {
      now += seconds * 1000;
    },
    async other(name) {
      const path = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}/virtualMachines?api-version=2026-04-01`;
      await simulator.fetch(new Request(`https://management.azure.com${path}`));
    },
    statuses: () =>
      simulator.log.flatMap((entry) =>
        entry.kind === 'request' && entry.operation === 'listInstances' ? [entry.status] : [],
      ),
  };
}

function waitOf(read: Read<unknown>): number {
  if (read.kind !== 'throttled') throw new Error(`expected to be told to wait, not ${read.kind}`);
  expect(read.isForecast).toBe(true);
  return read.retryAfterSeconds;
}

describe('lists of instances', () => {
  // Feature [Load] No list begins before Azure grants all of its pages: no request of it is throttled (arm-vmss.md 3.6)
  it('begin only when the service has granted all of their pages', async () => {
    const { compute, addressOf, pass, statuses } = aScene(['web']);
    const web = addressOf('web');
    // Thirty at once, then ten a minute.
    for (let lists = 0; lists < 3; lists += 1) expect((await compute.instances(web)).kind).toBe('ok');
    const asked = statuses().length;
    expect(waitOf(await compute.instances(web))).toBeCloseTo(60, 0);
    pass(40);
    expect(waitOf(await compute.instances(web))).toBeCloseTo(20, 0);
    expect(statuses()).toHaveLength(asked);
    pass(21);
    expect((await compute.instances(web)).kind).toBe('ok');
    expect(statuses()).toEqual(Array.from({ length: 40 }, () => 200));
  });

  it('stop at the page after which the service grants no more, and know how many they need', async () => {
    const { compute, addressOf, other, pass, statuses } = aScene(['web']);
    const web = addressOf('web');
    // Somebody else has left five of thirty.
    for (let page = 0; page < 25; page += 1) await other('web');
    const seconds = waitOf(await compute.instances(web));
    expect(statuses().filter((status) => status === 429)).toEqual([]);
    expect(statuses()).toHaveLength(30);
    pass(seconds);
    await compute.scaleSet(web);
    expect(waitOf(await compute.instances(web))).toBeGreaterThan(0);
    expect(statuses().filter((status) => status === 429)).toEqual([]);
  });

  it('of many sets take turns at what a subscription is granted', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `set-${index}`);
    const { compute, addressOf, pass, statuses } = aScene(names, 20);
    // So it is known how many pages each takes.
    for (const name of names) {
      await compute.instances(addressOf(name));
      pass(20);
    }
    pass(120);
    // 1,080 pages at once are 54 lists of twenty; all are asked for before any has ended.
    const reads = await Promise.all(names.map((name) => compute.instances(addressOf(name))));
    const late = names.filter((_, index) => reads[index]?.kind === 'throttled');
    expect(late.length).toBeGreaterThanOrEqual(6);
    const served: string[] = [];
    for (let seconds = 0; seconds < 120 && served.length < late.length; seconds += 1) {
      pass(1);
      for (const name of late.filter((one) => !served.includes(one)))
        if ((await compute.instances(addressOf(name))).kind === 'ok') served.push(name);
    }
    // Who has asked first is served first.
    expect(served).toEqual(late);
    expect(statuses().filter((status) => status === 429)).toEqual([]);
  });

  it('reckon with what somebody else takes', async () => {
    const { compute, addressOf, other, pass, statuses } = aScene(['web'], 5);
    const web = addressOf('web');
    for (let page = 0; page < 25; page += 1) await other('web');
    let before: number | undefined;
    for (let minute = 0; minute < 10; minute += 1) {
      // Eight of ten that are granted in a minute.
      for (let taken = 0; taken < 8; taken += 1) {
        pass(7.5);
        await other('web');
      }
      const ours = statuses().length;
      await compute.instances(web);
      before = statuses().length - ours;
    }
    expect(before).toBeGreaterThanOrEqual(0);
    expect(compute.secondsUntilPages(web, 5)).toBeGreaterThan(60);
  });
});
