import { belowFloor } from '../../local/simulator/log/serving.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { scaleSetId, startLab } from '../../test/lab/lab.ts';
import type { Lab } from '../../test/lab/lab.ts';
import type { Pacing } from './rollout.ts';

export interface FleetShape {
  readonly sets: number;
  /** Of each set. */
  readonly count: number;
  readonly pacing: Pacing;
  readonly seed: number;
  /** Pages a second that somebody else asks for in the same subscription, and has for so long that nothing is in store. */
  readonly hogASecond?: number;
  /** Instances on a page of the service; its default when absent. */
  readonly pageSize?: number;
}

export interface Fleet {
  /** From the first instance's upgrade until the last one serves. */
  readonly seconds: number;
  readonly requests: number;
  /** Pages of instances that the app has asked for. */
  readonly pages: number;
  /** Of requests that the app has sent. */
  readonly throttled: number;
  /** Names of sets that were below their floor at any moment. */
  readonly below: readonly string[];
  readonly cpuMs: number;
  /** Of this whole process, simulator and host included. */
  readonly rssMegabytes: number;
}

const SHARE_DOWN = 0.2;
/** Pages that the service stores for a subscription (arm-vmss.md 3.6). */
const STORE = 1080;
const WITHIN_MS = 12 * 3_600_000;

/** Rollouts of many sets of one subscription that begin in the same minute, judged by the simulator's log. */
export async function rollOutFleet({
  sets,
  count,
  pacing,
  seed,
  hogASecond = 0,
  pageSize,
}: FleetShape): Promise<Fleet> {
  const names = Array.from({ length: sets }, (_, index) => `fleet-${index}`);
  const before = process.cpuUsage();
  await using lab = await startLab({
    seed,
    scaleSets: names.map((name) => ({ name, count })),
    ...(pageSize !== undefined && { profile: { pageSize } }),
  });
  const hog = hogASecond > 0 ? startHog(lab, hogASecond) : undefined;
  const strategy = { pacing, maxUnavailable: `${SHARE_DOWN * 100}%` };
  const ids: string[] = [];
  for (const name of names) {
    ids.push(await lab.start({ scaleSet: scaleSetId(name), strategy }));
    // Nobody starts a hundred in one second.
    await lab.host.advance(500);
  }
  const isOver = (id: string): boolean => lab.host.client.runtimeStatus(id) === 'Completed';
  await lab.host.runUntil(() => ids.every((id) => isOver(id)), { maxVirtualMs: WITHIN_MS });
  hog?.stop();
  for (const id of ids) {
    const { phase } = await lab.get(id);
    if (phase !== 'succeeded') throw new Error(`A rollout ended ${phase}.`);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    ...judgeFleet(lab.log, names, Math.ceil(count * (1 - SHARE_DOWN))),
    throttled: throttledOf(lab.log) - (hog?.throttled() ?? 0),
    cpuMs: (user + system) / 1000,
    rssMegabytes: process.memoryUsage.rss() / 2 ** 20,
  };
}

function throttledOf(log: readonly LogEntry[]): number {
  return log.filter((entry) => entry.kind === 'request' && entry.status === 429).length;
}

function judgeFleet(
  log: readonly LogEntry[],
  names: readonly string[],
  floor: number,
): Pick<Fleet, 'seconds' | 'requests' | 'pages' | 'below'> {
  let [first, last, requests, pages] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  const ofSet = new Map<string, LogEntry[]>(names.map((name) => [name, []]));
  for (const entry of log) {
    if (entry.kind === 'request') {
      requests += 1;
      pages += Number(entry.operation === 'listInstances' && entry.status === 200);
    }
    if (entry.kind !== 'instance') continue;
    ofSet.get(entry.scaleSet)?.push(entry);
    if (entry.change === 'upgradeStarted') first = Math.min(first, entry.time);
    if (entry.change === 'serving' && entry.value) last = Math.max(last, entry.time);
  }
  const below = names.filter((name) => belowFloor(ofSet.get(name) ?? [], floor, name).length > 0);
  return { seconds: (last - first) / 1000, requests, pages, below };
}

/** Somebody who lists scale sets all the time: that draws on the bucket of the subscription, and on no set's. */
function startHog(lab: Lab, aSecond: number): { stop(): void; throttled(): number } {
  let [isRunning, throttled] = [true, 0];
  const { subscriptionId, resourceGroup } = lab.sim.settings;
  const url = `https://management.azure.com/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2026-04-01`;
  const run = async (): Promise<void> => {
    for (let taken = 0; taken < STORE; taken += 1) await lab.sim.fetch(new Request(url));
    for (;;) {
      await lab.host.clock.sleep(1000 / aSecond);
      if (!isRunning) return;
      const { status } = await lab.sim.fetch(new Request(url));
      throttled += Number(status === 429);
    }
  };
  void run();
  return {
    stop() {
      isRunning = false;
    },
    throttled: () => throttled,
  };
}
