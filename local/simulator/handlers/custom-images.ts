import { ArmError } from '../errors/arm-error.ts';
import { param, queryOf, type Call, type Reply } from '../calls/call.ts';
import type { GalleryVersion, ManagedImage } from '../store/galleries.ts';
import type { World } from '../world.ts';

/** Newer versions of a gallery image are found by this list; names sort by number (arm-vmss.md 2.3). */
export function listGalleryVersions(world: World, call: Call): Reply {
  const value = versionsOf(world, call).map((version) => galleryVersionView(world, version, false));
  return { status: 200, body: { value } };
}

export function getGalleryVersion(world: World, call: Call): Reply {
  const found = versionsOf(world, call).find(({ version }) => version === param(call, 'version'));
  if (found === undefined) throw notFound('galleries/images/versions', param(call, 'version'), call);
  const expands = queryOf(call, '$expand')?.toLowerCase() === 'replicationstatus';
  return { status: 200, body: galleryVersionView(world, found, expands) };
}

export function listManagedImages(world: World, call: Call): Reply {
  const value = managedOf(world, call).map((image) => managedImageView(world, image));
  return { status: 200, body: { value } };
}

export function getManagedImage(world: World, call: Call): Reply {
  const name = param(call, 'image').toLowerCase();
  const found = managedOf(world, call).find((image) => image.name.toLowerCase() === name);
  if (found === undefined) throw notFound('images', param(call, 'image'), call);
  return { status: 200, body: managedImageView(world, found) };
}

function versionsOf(world: World, call: Call): GalleryVersion[] {
  const [group, gallery, image] = [param(call, 'group'), param(call, 'gallery'), param(call, 'image')];
  const versions = world.images.custom.versions(group, gallery, image);
  if (versions.length === 0) throw notFound('galleries/images', image, call);
  return versions;
}

function managedOf(world: World, call: Call): ManagedImage[] {
  const group = param(call, 'group').toLowerCase();
  return world.images.custom.managed.filter((image) => image.resourceGroup.toLowerCase() === group);
}

function galleryVersionView(world: World, version: GalleryVersion, expands: boolean): object {
  const regions = version.regions ?? [world.location];
  const { resourceGroup, gallery, image } = version;
  const id =
    `/subscriptions/${world.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute` +
    `/galleries/${gallery}/images/${image}/versions/${version.version}`;
  const { replicating = [] } = version;
  const isDone = replicating.length === 0;
  const replicationStatus = {
    aggregatedState: isDone ? 'Completed' : 'InProgress',
    summary: regions.map((region) =>
      replicating.includes(region)
        ? { region, state: 'Replicating', progress: 40 }
        : { region, state: 'Completed', progress: 100 },
    ),
  };
  return {
    name: version.version,
    id,
    type: 'Microsoft.Compute/galleries/images/versions',
    location: world.location,
    properties: {
      publishingProfile: {
        targetRegions: regions.map((name) => ({ name, regionalReplicaCount: 1 })),
        excludeFromLatest: version.excludeFromLatest === true,
        publishedDate: version.publishedDate ?? world.wireTime.date(world.started),
        ...(version.endOfLifeDate === undefined ? {} : { endOfLifeDate: version.endOfLifeDate }),
      },
      storageProfile: {},
      provisioningState: isDone ? 'Succeeded' : 'Updating',
      ...(expands ? { replicationStatus } : {}),
    },
  };
}

function managedImageView(world: World, image: ManagedImage): object {
  const { resourceGroup, name, osType = 'Linux', osDisk = {} } = image;
  return {
    name,
    id: `/subscriptions/${world.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/images/${name}`,
    type: 'Microsoft.Compute/images',
    location: world.location,
    properties: {
      storageProfile: { osDisk: { osType, osState: 'Generalized', ...osDisk } },
      provisioningState: 'Succeeded',
      hyperVGeneration: 'V2',
    },
  };
}

function notFound(type: string, name: string, call: Call): ArmError {
  return new ArmError(404, {
    code: 'ResourceNotFound',
    message:
      `The Resource 'Microsoft.Compute/${type}/${name}' under resource group '${param(call, 'group')}' was not ` +
      'found. For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  });
}
