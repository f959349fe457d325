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
}

export interface ManagedImage {
  readonly resourceGroup: string;
  readonly name: string;
  readonly osType?: 'Linux' | 'Windows';
}

/** Images that somebody made, beside those of the platform. */
export interface CustomImages {
  readonly managed: readonly ManagedImage[];
  publish(version: GalleryVersion): void;
  /** Oldest first. */
  versions(resourceGroup: string, gallery: string, image: string): GalleryVersion[];
  /** What an id stands for now: the newest version of a gallery image that may be used here, else itself. */
  resolve(id: string): string;
  /** Whether the id names a version that a known gallery image has not, or not here. */
  isMissing(id: string): boolean;
}

const GALLERY_ID =
  /^(.*\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/galleries\/([^/]+)\/images\/([^/]+))(?:\/versions\/([^/]+))?$/i;

export function createCustomImages(
  location: string,
  initial: readonly GalleryVersion[],
  managed: readonly ManagedImage[],
): CustomImages {
  const all: GalleryVersion[] = [...initial];

  const versions: CustomImages['versions'] = (resourceGroup, gallery, image) =>
    all
      .filter(
        (known) =>
          same(known.resourceGroup, resourceGroup) &&
          same(known.gallery, gallery) &&
          same(known.image, image),
      )
      .sort((a, b) => compareVersions(a.version, b.version));

  const isHere = ({ regions }: GalleryVersion): boolean =>
    regions === undefined || regions.some((region) => same(region.replaceAll(' ', ''), location));

  return {
    managed,
    versions,
    publish: (version) => void all.push(version),
    resolve(id) {
      const [, image, group = '', gallery = '', name = '', version] = GALLERY_ID.exec(id) ?? [];
      if (image === undefined || version !== undefined) return id;
      const newest = versions(group, gallery, name).findLast(
        (known) => isHere(known) && known.excludeFromLatest !== true,
      );
      return newest === undefined ? id : `${image}/versions/${newest.version}`;
    },
    isMissing(id) {
      const [, , group = '', gallery = '', name = '', version] = GALLERY_ID.exec(id) ?? [];
      const known = versions(group, gallery, name);
      if (version === undefined || known.length === 0) return false;
      return !known.some((candidate) => same(candidate.version, version) && isHere(candidate));
    },
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
