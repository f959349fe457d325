import { createSimulator } from '../../local/simulator/simulator.ts';
import type { Simulator } from '../../local/simulator/simulator.ts';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import { NEW } from '../../test/lab/names.ts';

export const PEERS = ['vmssupgrade', 'update-instances', 'rolling upgrade'] as const;
export type Peer = (typeof PEERS)[number];

export interface PeerRun {
  /** From the first instance's upgrade until the last one serves. */
  readonly seconds: number;
  readonly requests: number;
  /** The lowest share of instances that served. */
  readonly serving: number;
}

const START = Date.parse('2026-11-21T08:00:00Z');
const DOMAINS = [0, 1, 2, 3, 4];

/** A client in virtual time: its own sleeps are all that moves the clock. */
interface Client {
  readonly sim: Simulator;
  readonly domain: (number: number) => readonly string[];
  send(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly headers: Headers; readonly body: Answer }>;
  sleep(seconds: number): void;
}

interface Answer {
  readonly status?: string;
  readonly properties?: {
    readonly provisioningState?: string;
    readonly runningStatus?: { readonly code?: string };
  };
}

/** What others do to the same set with the same seed, each with its own defaults. */
export async function runPeer(peer: Peer, count: number, seed: number): Promise<PeerRun> {
  const client = startClient(count, seed);
  await client.send('PATCH', '', modelWrite(peer));
  client.sleep(60);
  await WAYS[peer](client);
  client.sleep(600);
  const { log } = client.sim;
  const times = (change: string): readonly number[] =>
    log.flatMap((entry) => (entry.kind === 'instance' && entry.change === change ? [entry.time] : []));
  const served = log.flatMap((entry) =>
    entry.kind === 'instance' && entry.change === 'serving' && entry.value ? [entry.time] : [],
  );
  const began = Math.min(...times('upgradeStarted'));
  return {
    seconds: (Math.max(...served) - began) / 1000,
    requests: log.filter(({ kind }) => kind === 'request').length,
    serving: fewestServing(log, began, Math.max(...served), 'web') / count,
  };
}

function modelWrite(peer: Peer): object {
  const imageReference = { version: NEW };
  const virtualMachineProfile = { storageProfile: { imageReference } };
  const upgradePolicy = { mode: 'Rolling', rollingUpgradePolicy: {} };
  // In that mode the service begins by itself.
  return { properties: { virtualMachineProfile, ...(peer === 'rolling upgrade' && { upgradePolicy }) } };
}

function startClient(count: number, seed: number): Client {
  let time = START;
  const sim = createSimulator({
    clock: { now: () => time },
    seed,
    scaleSets: [{ name: 'web', count }],
  });
  const { subscriptionId, resourceGroup } = sim.settings;
  const set = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/web`;
  return {
    sim,
    domain: (number) =>
      (sim.scaleSet('web')?.instances ?? [])
        .filter(({ updateDomain }) => updateDomain === number)
        .map(({ instanceId }) => instanceId),
    async send(method, path, body) {
      const url = new URL(path.startsWith('http') ? path : `${set}${path}`, 'https://management.azure.com');
      url.searchParams.set('api-version', '2026-04-01');
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await sim.fetch(new Request(url, init));
      const text = await response.text();
      if (response.status >= 400 && response.status !== 404) throw new Error(`${method} ${path}: ${text}`);
      return { headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Answer) };
    },
    sleep(seconds) {
      time += seconds * 1000;
      sim.advance();
    },
  };
}

const WAYS: Record<Peer, (client: Client) => Promise<void>> = {
  /** One domain after the other; looks each 5 seconds whether the set is at rest, and at no instance's health. */
  async vmssupgrade(client) {
    for (const number of DOMAINS) {
      await client.send('POST', '/manualupgrade', { instanceIds: client.domain(number) });
      do client.sleep(5);
      while ((await client.send('GET', '')).body.properties?.provisioningState !== 'Succeeded');
    }
  },

  /** One `az vmss update-instances` for each domain, which waits for its operation as the service asks it to. */
  async 'update-instances'(client) {
    for (const number of DOMAINS) {
      const { headers } = await client.send('POST', '/manualupgrade', { instanceIds: client.domain(number) });
      const poll = headers.get('azure-asyncoperation') ?? '';
      for (let wait = headers; ;) {
        client.sleep(Number(wait.get('retry-after') ?? 10));
        const state = await client.send('GET', poll);
        if (state.body.status !== 'InProgress') break;
        wait = state.headers;
      }
    }
  },

  /** The service's own, with the policy's defaults: a fifth at a time, healthy before the next, no pause. */
  async 'rolling upgrade'(client) {
    for (;;) {
      client.sleep(30);
      const { body } = await client.send('GET', '/rollingUpgrades/latest');
      if (body.properties?.runningStatus?.code === 'Completed') return;
      if (client.sim.log.length > 2_000_000) throw new Error('The rolling upgrade does not end.');
    }
  },
};
