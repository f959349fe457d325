import { artifactNotFound } from '../errors/catalogue.ts';
import { param, type Call, type Reply } from '../calls/call.ts';
import type { GalleryVersion } from '../store/galleries.ts';
import type { World } from '../world.ts';

/** Versions of an image in a community or shared gallery, as everybody in the region sees them. */
export function listPublicVersions(world: World, call: Call): Reply {
  return { status: 200, body: { value: known(world, call).map((version) => view(world, call, version)) } };
}

export function getPublicVersion(world: World, call: Call): Reply {
  const name = param(call, 'version');
  const version = known(world, call).find((candidate) => candidate.version === name);
  if (version === undefined) throw artifactNotFound('Version', name);
  return { status: 200, body: view(world, call, version) };
}

function known(world: World, call: Call): GalleryVersion[] {
  const [gallery, image] = [param(call, 'gallery'), param(call, 'image')];
  const versions = world.images.custom.versions(undefined, gallery, image);
  if (versions.length === 0) throw artifactNotFound('Image', `${gallery}/${image}`);
  return versions;
}

/** Such versions have no resource id, only a unique one (specification). */
function view(world: World, call: Call, version: GalleryVersion): object {
  const kind = /\/communityGalleries\//i.test(call.url.pathname) ? 'CommunityGalleries' : 'SharedGalleries';
  const uniqueId = `/${kind}/${version.gallery}/Images/${version.image}/Versions/${version.version}`;
  return {
    name: version.version,
    location: param(call, 'location'),
    identifier: { uniqueId },
    properties: {
      publishedDate: version.publishedDate ?? world.wireTime.date(world.started),
      ...(version.endOfLifeDate === undefined ? {} : { endOfLifeDate: version.endOfLifeDate }),
      excludeFromLatest: version.excludeFromLatest === true,
      storageProfile: {},
    },
  };
}
