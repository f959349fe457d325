import { canonical } from '../../local/simulator/model/json.ts';
import type { Body, Lab } from './lab.ts';
import { WEB } from './names.ts';

const ARM = 'https://management.azure.com';
const VERSION = 'api-version=2024-07-01';
/** After this long no view shows what was any more, and no bucket is empty. */
const SETTLING_MS = 180_000;

/** What the service itself answers, to a client that is not the app. */
export interface Truth {
  /** Canonical JSON of the model, without what moves for harmless reasons. */
  readonly model: string;
  /** For each instance its image, size, OS disk's settings and extensions, as canonical JSON. */
  readonly instances: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
}

/** Reads the scale set and its instances through the service's own API, once its views have settled. */
export async function readTruth(lab: Lab): Promise<Truth> {
  await lab.host.advance(SETTLING_MS);
  const { etag: _etag, name: _name, properties, ...model } = await get(lab, `${ARM}${WEB}?${VERSION}`);
  const { provisioningState: _state, virtualMachineProfile, ...rest } = properties;
  const { timeCreated: _stamp, ...profile } = virtualMachineProfile;
  const instances: Record<string, string> = {};
  const images: Record<string, string> = {};
  let url: string | undefined = `${ARM}${WEB}/virtualMachines?$expand=instanceView&${VERSION}`;
  while (url !== undefined) {
    const page: Body = await get(lab, url);
    for (const vm of page.value) {
      instances[vm.instanceId] = canonical(inSmallLetters(shownBy(vm)));
      images[vm.instanceId] = imageOf(vm.properties.storageProfile).toLowerCase();
    }
    url = page.nextLink;
  }
  if (Object.keys(instances).length !== model.sku.capacity) return readTruth(lab);
  const written = { ...model, properties: { ...rest, virtualMachineProfile: profile } };
  return { model: canonical(inSmallLetters(written)), instances, images };
}

/** Ids and sizes come in other letters now and then, and mean the same. */
function inSmallLetters(value: unknown): unknown {
  const spell = (key: string, inner: Body): unknown => {
    if (key === 'sku' && typeof inner.name === 'string') return { ...inner, name: inner.name.toLowerCase() };
    const isFree = typeof inner === 'string' && (key === 'vmSize' || inner.startsWith('/subscriptions/'));
    return isFree ? inner.toLowerCase() : inner;
  };
  return JSON.parse(JSON.stringify(value), spell);
}

/** Without disk names and times: a new disk of the same image is the same. */
function shownBy({ sku, properties }: Body): unknown {
  const { osDisk, imageReference } = properties.storageProfile;
  const { name: _name, managedDisk, ...disk } = osDisk;
  const { instanceView } = properties;
  return {
    sku: { name: sku.name },
    vmSize: properties.hardwareProfile.vmSize,
    // What the model says of the image may be pinned; what it runs is `images`.
    image: { ...imageReference, version: null },
    disk: { ...disk, type: managedDisk.storageAccountType ?? null },
    osProfile: properties.osProfile,
    network: properties.networkProfileConfiguration,
    extensions: instanceView.extensions.map(({ name, type }: Body) => ({ name, type })),
    power: instanceView.statuses.find(({ code }: Body) => code.startsWith('PowerState')).code,
    health: instanceView.vmHealth?.status.code ?? null,
    provisioning: properties.provisioningState,
  };
}

function imageOf({ imageReference, osDisk }: Body): string {
  return imageReference?.exactVersion ?? imageReference?.id ?? osDisk.image?.uri ?? 'none';
}

/** An answer takes its time, which passes only when it is told to. */
async function get(lab: Lab, url: string): Promise<Body> {
  const passing = new AbortController();
  const answer = lab.sim.fetch(new Request(url)).finally(() => passing.abort());
  for (let waits = 0; !passing.signal.aborted && waits < 300; waits += 1) await lab.host.advance(100);
  const response = await answer;
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
