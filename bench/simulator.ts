import { createSimulator } from '../local/simulator/simulator.ts';

/** How long a list page of a big set may take, in times of an equally long page of a small one. */
const LIMIT = 10;

const PAGE_SIZE = 10;
const SAMPLES = 200;

/** The median time of the last page of the instances with their views, in milliseconds. */
async function pageMilliseconds(count: number): Promise<number> {
  let time = Date.parse('2026-11-21T08:00:00Z');
  const sim = createSimulator({
    clock: { now: () => time },
    profile: { throttling: false, pageSize: PAGE_SIZE },
    scaleSets: [{ name: 'web', count }],
  });
  const set = `/subscriptions/${sim.settings.subscriptionId}/resourceGroups/${sim.settings.resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/web`;
  const token = Buffer.from(String(count - PAGE_SIZE - 1)).toString('base64url');
  const pages = [`${set}/virtualMachines?$expand=instanceView`];
  if (count > PAGE_SIZE) pages.push(`${pages[0] ?? ''}&$skiptoken=${token}`);
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    for (const page of pages) {
      time += 1000;
      const began = performance.now();
      const response = await sim.fetch(
        new Request(`https://management.azure.com${page}&api-version=2026-04-01`),
      );
      const { value }: { value: unknown[] } = JSON.parse(await response.text());
      samples.push(performance.now() - began);
      if (value.length !== PAGE_SIZE) throw new Error(`${value.length} instances on a page of ${count}`);
    }
  }
  return samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}

/** The real time of bringing 1,000 instances to a new image in virtual time, a hundred at a time, looking each minute. */
async function rolloutSeconds(): Promise<number> {
  let time = Date.parse('2026-11-21T08:00:00Z');
  const count = 1000;
  const began = performance.now();
  const sim = createSimulator({
    clock: { now: () => time },
    profile: { throttling: false },
    scaleSets: [{ name: 'web', count }],
  });
  const { subscriptionId, resourceGroup } = sim.settings;
  const set = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/web`;
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const url = new URL(path, 'https://management.azure.com');
    url.searchParams.set('api-version', '2026-04-01');
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return sim.fetch(new Request(url, init));
  };
  const imageReference = { version: '22.04.202611010' };
  await send('PATCH', set, { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } });
  for (let first = 0; first < count; first += 100) {
    time += 60_000;
    const instanceIds = Array.from({ length: 100 }, (_, index) => String(first + index));
    await send('POST', `${set}/manualupgrade`, { instanceIds });
    for (let minute = 0; minute < 6; minute += 1) {
      time += 60_000;
      let next: string | undefined = `${set}/virtualMachines?$expand=instanceView`;
      while (next !== undefined) {
        const page: { nextLink?: string } = JSON.parse(await (await send('GET', next)).text());
        next = page.nextLink;
      }
    }
  }
  const moved = sim.scaleSet('web')?.instances.filter(({ image }) => image === imageReference.version).length;
  if (moved !== count) throw new Error(`${moved} of ${count} instances moved`);
  return (performance.now() - began) / 1000;
}

// The first rounds only warm the engine up.
for (let round = 0; round < 3; round += 1) await pageMilliseconds(100);
const small = await pageMilliseconds(PAGE_SIZE);
const big = await pageMilliseconds(1000);
const ratio = big / small;
console.log(
  `list page of ${PAGE_SIZE}: ${small.toFixed(3)} ms in a set of ${PAGE_SIZE}, ${big.toFixed(3)} ms in a set of 1000; ` +
    `ratio ${ratio.toFixed(2)}, at most ${LIMIT}`,
);
console.log(`1,000 instances in ten batches, 60 whole lists: ${(await rolloutSeconds()).toFixed(2)} s`);
if (ratio > LIMIT) process.exitCode = 1;
