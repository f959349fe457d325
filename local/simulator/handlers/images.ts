import { artifactNotFound, invalidParameter } from '../errors/catalogue.ts';
import { param, queryOf, type Call, type Reply } from '../calls/call.ts';
import { isWindowsPublisher } from '../model/schema.ts';
import { compareVersions } from '../store/versions.ts';
import type { Deprecation, ImageSku } from '../store/images.ts';
import type { World } from '../world.ts';

/** Of images of the second generation; older ones tell none and count their size in bytes (recorded). */
const FEATURES = [
  { name: 'SecurityType', value: 'TrustedLaunchAndConfidentialVmSupported' },
  { name: 'IsAcceleratedNetworkSupported', value: 'True' },
  { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
  { name: 'IsHibernateSupported', value: 'True' },
];

/** Each level answers with a bare array (arm-vmss.md 1.3, 2.3). */
export function listPublishers(world: World, call: Call): Reply {
  return named(world, call, ['Publishers'], world.images.publishers());
}

export function listOffers(world: World, call: Call): Reply {
  const publisher = knownPublisher(world, call);
  return named(
    world,
    call,
    ['Publishers', publisher, 'ArtifactTypes', 'VMImage', 'Offers'],
    world.images.offers(publisher),
  );
}

export function listImageSkus(world: World, call: Call): Reply {
  const { publisher, offer } = knownOffer(world, call);
  return named(world, call, [...offerPath(publisher, offer), 'Skus'], world.images.skus(publisher, offer));
}

export function listVersions(world: World, call: Call): Reply {
  const sku = knownSku(world, call);
  const names = ordered(world.images.versions(sku), queryOf(call, '$orderby'));
  const top = queryOf(call, '$top');
  if (top !== undefined && !/^\d+$/.test(top))
    throw invalidParameter('$top', `The value '${top}' is not a number.`);
  const page = top === undefined ? names : names.slice(0, Number(top));
  const path = [...offerPath(sku.publisher, sku.offer), 'Skus', sku.sku, 'Versions'];
  return named(world, call, path, page);
}

export function getVersion(world: World, call: Call): Reply {
  const sku = knownSku(world, call);
  const version = world.images.versions(sku).find((name) => name === param(call, 'version'));
  if (version === undefined) throw artifactNotFound('Version', param(call, 'version'));
  const path = [...offerPath(sku.publisher, sku.offer), 'Skus', sku.sku, 'Versions', version];
  const body = {
    properties: versionProperties(sku, world.images.find(sku, version)?.deprecation),
    location: param(call, 'location'),
    name: version,
    id: artifactId(world, call, path),
  };
  return { status: 200, body };
}

function versionProperties({ publisher, sku }: ImageSku, deprecation: Deprecation | undefined): object {
  const windows = isWindowsPublisher(publisher);
  const second = /g(en)?2$/i.test(sku);
  const sizeInGb = windows ? 127 : 30;
  return {
    hyperVGeneration: second ? 'V2' : 'V1',
    architecture: 'x64',
    replicaType: 'Managed',
    ...(windows ? { replicaCount: 10 } : {}),
    disallowed: { vmDiskType: 'Unmanaged' },
    automaticOSUpgradeProperties: { automaticOSUpgradeSupported: true },
    imageDeprecationStatus: {
      imageState: deprecation?.state ?? 'Active',
      ...(deprecation?.time === undefined ? {} : { scheduledDeprecationTime: deprecation.time }),
    },
    ...(second ? { features: FEATURES } : {}),
    osDiskImage: {
      operatingSystem: windows ? 'Windows' : 'Linux',
      ...(second ? { sizeInGb } : { sizeInBytes: sizeInGb * 2 ** 30 + 512 }),
    },
    dataDiskImages: [],
  };
}

/** `name desc` is how clients ask for the newest. */
function ordered(names: readonly string[], order: string | undefined): string[] {
  const ascending = [...names].sort(compareVersions);
  return order?.toLowerCase().startsWith('name desc') === true ? ascending.reverse() : ascending;
}

function named(world: World, call: Call, path: readonly string[], names: readonly string[]): Reply {
  const location = param(call, 'location');
  return {
    status: 200,
    body: names.map((name) => ({ location, name, id: artifactId(world, call, [...path, name]) })),
  };
}

/** Spelled with capitals, other than all other ids (recorded, arm-vmss.md 2.3). */
function artifactId(world: World, call: Call, path: readonly string[]): string {
  const root = `/Subscriptions/${world.subscriptionId}/Providers/Microsoft.Compute/Locations`;
  return [root, param(call, 'location'), ...path].join('/');
}

function offerPath(publisher: string, offer: string): string[] {
  return ['Publishers', publisher, 'ArtifactTypes', 'VMImage', 'Offers', offer];
}

function knownPublisher(world: World, call: Call): string {
  return known('Publisher', param(call, 'publisher'), world.images.publishers());
}

function knownOffer(world: World, call: Call): { publisher: string; offer: string } {
  const publisher = knownPublisher(world, call);
  return { publisher, offer: known('Offer', param(call, 'offer'), world.images.offers(publisher)) };
}

function knownSku(world: World, call: Call): { publisher: string; offer: string; sku: string } {
  const { publisher, offer } = knownOffer(world, call);
  return { publisher, offer, sku: known('Sku', param(call, 'sku'), world.images.skus(publisher, offer)) };
}

function known(what: string, given: string, names: readonly string[]): string {
  const name = names.find((candidate) => candidate.toLowerCase() === given.toLowerCase());
  if (name === undefined) throw artifactNotFound(what, given);
  return name;
}
