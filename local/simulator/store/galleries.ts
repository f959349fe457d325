import { compareVersions } from './versions.ts';

/** A version of an image in a compute gallery. */
export interface GalleryVersion {
  readonly resourceGroup: string;
  readonly gallery: string;
  readonly image: string;
  /** `major.minor.patch`, compared by number (arm-vmss.md 2.3). */
  readonly version: string;
  readonly excludeFromLatest?: boolean | undefined;
  /** Regions that hold a copy; the simulator's own when absent. */
  readonly regions?: readonly string[] | undefined;
  readonly publishedDate?: string | undefined;
  readonly endOfLifeDate?: string | undefined;
  /** Those of its regions that no whole copy has reached yet (replicationStatus, arm-vmss.md 2.3). */
  readonly replicating?: readonly string[] | undefined;
}

export interface ManagedImage {
  readonly resourceGroup: string;
  readonly name: string;
  readonly osType?: 'Linux' | 'Windows';
  /** What a model gets that names the image and says nothing of its OS disk. */
  readonly osDisk?: ImageDisk;
}

export interface ImageDisk {
  readonly caching: 'None' | 'ReadOnly' | 'ReadWrite';
  readonly diskSizeGB: number;
}

/** Of images that nothing is known of. */
const IMAGE_DISK: ImageDisk = { caching: 'ReadOnly', diskSizeGB: 64 };

/** Images that somebody made, beside those of the platform. */
export interface CustomImages {
  readonly managed: readonly ManagedImage[];
  /** One that is there already is changed: its owner may update all but its content (specification). */
  publish(version: GalleryVersion): void;
  /** Oldest first; of whatever resource group where none is named. */
  versions(resourceGroup: string | undefined, gallery: string, image: string): GalleryVersion[];
  /** What an id stands for now: the newest version of a gallery image that may be used here, else itself. */
  resolve(id: string): string;
  /** Whether the id names a version that a known gallery image has not, or not here. */
  isMissing(id: string): boolean;
  /** The OS disk that an image brings with it. */
  diskOf(id: string): ImageDisk;
}

const GALLERY_ID =
  /^(.*\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/galleries\/([^/]+)\/images\/([^/]+))(?:\/versions\/([^/]+))?$/i;

/** Community and shared galleries are known by a public or unique name, in no resource group. */
const PUBLIC_ID = /^(\/(?:Community|Shared)Galleries\/([^/]+)\/Images\/([^/]+))(?:\/Versions\/([^/]+))?$/i;

interface GalleryId {
  /** The id as far as the image. */
  readonly image: string;
  /** Absent for public names. */
  readonly group: string | undefined;
  readonly gallery: string;
  readonly name: string;
  /** Undefined where the id means the newest one. */
  readonly version: string | undefined;
}

function parseId(id: string): GalleryId | undefined {
  const [, own, group, gallery = '', name = '', version] = GALLERY_ID.exec(id) ?? [];
  if (own !== undefined) return { image: own, group, gallery, name, version: exact(version) };
  const [, image, publicName = '', imageName = '', publicVersion] = PUBLIC_ID.exec(id) ?? [];
  if (image === undefined) return undefined;
  return { image, group: undefined, gallery: publicName, name: imageName, version: exact(publicVersion) };
}

function exact(version: string | undefined): string | undefined {
  return version?.toLowerCase() === 'latest' ? undefined : version;
}

export function createCustomImages(
  location: string,
  initial: readonly GalleryVersion[],
  managed: readonly ManagedImage[],
): CustomImages {
  const all: GalleryVersion[] = [...initial];

  const versionsOf = ({
    group,
    gallery,
    name,
  }: Pick<GalleryId, 'group' | 'gallery' | 'name'>): GalleryVersion[] =>
    all
      .filter(
        (known) =>
          (group === undefined || same(known.resourceGroup, group)) &&
          same(known.gallery, gallery) &&
          same(known.image, name),
      )
      .sort((a, b) => compareVersions(a.version, b.version));
  const versions: CustomImages['versions'] = (group, gallery, name) => versionsOf({ group, gallery, name });

  const names = (regions: readonly string[]): boolean =>
    regions.some((region) => same(region.replaceAll(' ', ''), location));
  const isHere = ({ regions, replicating = [] }: GalleryVersion): boolean =>
    (regions === undefined || names(regions)) && !names(replicating);

  return {
    managed,
    versions,
    publish(version) {
      const known = all.findIndex((one) => keyOf(one) === keyOf(version));
      if (known === -1) all.push(version);
      else all[known] = version;
    },
    resolve(id) {
      const asked = parseId(id);
      if (asked === undefined || asked.version !== undefined) return id;
      const newest = versionsOf(asked).findLast((known) => isHere(known) && known.excludeFromLatest !== true);
      const folder = asked.group === undefined ? 'Versions' : 'versions';
      return newest === undefined ? id : `${asked.image}/${folder}/${newest.version}`;
    },
    isMissing(id) {
      const asked = parseId(id);
      if (asked?.version === undefined) return false;
      const known = versionsOf(asked);
      const { version } = asked;
      if (known.length === 0) return false;
      return !known.some((candidate) => same(candidate.version, version) && isHere(candidate));
    },
    diskOf(id) {
      const [, group = '', name = ''] = MANAGED_ID.exec(id) ?? [];
      const image = managed.find((known) => same(known.resourceGroup, group) && same(known.name, name));
      return image?.osDisk ?? IMAGE_DISK;
    },
  };
}

function keyOf({ resourceGroup, gallery, image, version }: GalleryVersion): string {
  return [resourceGroup, gallery, image, version].join('/').toLowerCase();
}

const MANAGED_ID = /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/images\/([^/]+)$/i;

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
