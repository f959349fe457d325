import { customIdOf, type ImageReference } from '../model/schema.ts';
import type { CustomImages } from './galleries.ts';
import { compareVersions } from './versions.ts';

export interface PlatformImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly version: string;
  /** What its publisher has announced; active when absent (arm-vmss.md 2.3). */
  readonly deprecation?: Deprecation | undefined;
}

export interface Deprecation {
  readonly state: 'ScheduledForDeprecation' | 'Deprecated';
  readonly time?: string | undefined;
}

/** What images of one kind have in common. */
export type ImageSku = Pick<PlatformImage, 'publisher' | 'offer' | 'sku'>;

/** Platform images in the region; names compare without regard to case, as everywhere in ARM. */
export interface ImageCatalogue {
  publish(image: PlatformImage): void;
  publishers(): string[];
  offers(publisher: string): string[];
  skus(publisher: string, offer: string): string[];
  /** Oldest first. */
  versions(sku: ImageSku): string[];
  /** What was published last of that version. */
  find(sku: ImageSku, version: string): PlatformImage | undefined;
  /** The exact version that a reference stands for, `latest` included; undefined when there is none. */
  resolve(reference: ImageReference): string | undefined;
  readonly custom: CustomImages;
}

export function createImageCatalogue(
  initial: readonly PlatformImage[],
  custom: CustomImages,
): ImageCatalogue {
  const images: PlatformImage[] = [...initial];

  const versions = (sku: ImageSku): string[] =>
    distinct(images.filter((image) => isOf(image, sku)).map((image) => image.version)).sort(compareVersions);

  return {
    custom,
    versions,
    publish: (image) => void images.push(image),
    find: (sku, version) => images.findLast((image) => isOf(image, sku) && image.version === version),
    publishers: () => distinct(images.map((image) => image.publisher)),
    offers: (publisher) =>
      distinct(images.filter((image) => same(image.publisher, publisher)).map((image) => image.offer)),
    skus: (publisher, offer) =>
      distinct(
        images
          .filter((image) => same(image.publisher, publisher) && same(image.offer, offer))
          .map((image) => image.sku),
      ),
    resolve(reference) {
      const id = customIdOf(reference);
      if (id !== undefined) return custom.resolve(id);
      const { publisher = '', offer = '', sku = '', version = 'latest' } = reference;
      const known = versions({ publisher, offer, sku });
      return version.toLowerCase() === 'latest' ? known.at(-1) : known.find((name) => name === version);
    },
  };
}

function isOf(image: PlatformImage, sku: ImageSku): boolean {
  return same(image.publisher, sku.publisher) && same(image.offer, sku.offer) && same(image.sku, sku.sku);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
