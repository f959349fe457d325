import { valueAt } from './changed-paths.ts';
import { isLatest } from './image.ts';
import type { Model } from './model.ts';
import { compareVersions } from './versions.ts';

const REFERENCE = 'virtualMachineProfile.storageProfile.imageReference';

/** Fields of the reference by which a model names an image of a gallery: its own, a shared one, one of a community. */
export const GALLERY_FIELDS = ['id', 'sharedGalleryImageId', 'communityGalleryImageId'] as const;

/** What a scale set's model says of the gallery image that its instances are made from. */
export interface GalleryReference {
  readonly field: (typeof GALLERY_FIELDS)[number];
  /** Where the id stands, which is `id`. */
  readonly path: string;
  readonly id: string;
  /** The id as far as the image. */
  readonly image: string;
  /** An exact version; `undefined` where the newest is meant (arm-vmss.md 3.3). */
  readonly version?: string;
}

const GALLERY_IMAGE =
  /^(.*\/(?:galleries|sharedGalleries|communityGalleries)\/[^/]+\/images\/[^/]+?)(?:\/versions\/([^/]+))?$/i;

export function galleryImageOf(model: Model): GalleryReference | undefined {
  for (const field of GALLERY_FIELDS) {
    const path = `${REFERENCE}.${field}`;
    const id = valueAt(model, path);
    if (typeof id !== 'string') continue;
    const [, image, version] = GALLERY_IMAGE.exec(id) ?? [];
    if (image === undefined) continue;
    const isOpen = version === undefined || isLatest(version);
    return { field, path, id, image, ...(!isOpen && { version }) };
  }
  return undefined;
}

/** The id of one version of an image. */
export function versionId(image: string, version: string): string {
  return `${image}/versions/${version}`;
}

/** The version that an instance shows, where it shows the id of one instead. */
export function versionShown(image: string): string {
  return GALLERY_IMAGE.exec(image)?.[2] ?? image;
}

/** A version in a gallery, as its owner has published it. */
export interface GalleryVersion {
  readonly version: string;
  /** `latest` never stands for it. */
  readonly isExcluded: boolean;
  /** Milliseconds since the epoch. */
  readonly published?: number;
  readonly endOfLife?: number;
  /** Regions that have a copy or are to get one; unknown of galleries of others, which are asked for one region. */
  readonly regions?: readonly string[];
}

/** What keeps a gallery's version from standing for `latest`. */
type Unfit = 'excluded' | 'endOfLife' | 'elsewhere';

export function unfitness(
  { isExcluded, endOfLife, regions }: GalleryVersion,
  { location, now }: { readonly location: string; readonly now: number },
): Unfit | undefined {
  if (regions !== undefined && !regions.some((region) => regionKey(region) === regionKey(location))) {
    return 'elsewhere';
  }
  if (isExcluded) return 'excluded';
  return endOfLife !== undefined && endOfLife <= now ? 'endOfLife' : undefined;
}

/** ARM writes `West Europe` in some places, `westeurope` in others. */
export function regionKey(region: string): string {
  return region.replaceAll(' ', '').toLowerCase();
}

/** What a spec may name of a gallery in a region, newest first, and what `latest` stands for there. */
export function offered(
  all: readonly GalleryVersion[],
  where: { readonly location: string; readonly now: number },
): { readonly versions: readonly string[]; readonly latest?: string } {
  const here = all
    .filter((one) => unfitness(one, where) !== 'elsewhere')
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const latest = here.find((one) => unfitness(one, where) === undefined)?.version;
  return { versions: here.map(({ version }) => version), ...(latest !== undefined && { latest }) };
}
