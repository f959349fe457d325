import type { ImageReference } from '../model/schema.ts';

export interface PlatformImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly version: string;
}

/** Platform images in the region; names compare without regard to case, as everywhere in ARM. */
export interface ImageCatalogue {
  publish(image: PlatformImage): void;
  publishers(): string[];
  offers(publisher: string): string[];
  skus(publisher: string, offer: string): string[];
  /** Oldest first. */
  versions(sku: Omit<PlatformImage, 'version'>): string[];
  /** The exact version that a reference stands for, `latest` included; undefined when there is none. */
  resolve(reference: ImageReference): string | undefined;
}

export function createImageCatalogue(initial: readonly PlatformImage[]): ImageCatalogue {
  const images: PlatformImage[] = [...initial];

  const versions = (sku: Omit<PlatformImage, 'version'>): string[] =>
    distinct(images.filter((image) => isOf(image, sku)).map((image) => image.version)).sort(compareVersions);

  return {
    versions,
    publish: (image) => void images.push(image),
    publishers: () => distinct(images.map((image) => image.publisher)),
    offers: (publisher) =>
      distinct(images.filter((image) => same(image.publisher, publisher)).map((image) => image.offer)),
    skus: (publisher, offer) =>
      distinct(
        images
          .filter((image) => same(image.publisher, publisher) && same(image.offer, offer))
          .map((image) => image.sku),
      ),
    resolve({ publisher = '', offer = '', sku = '', version = 'latest' }) {
      const known = versions({ publisher, offer, sku });
      return version.toLowerCase() === 'latest' ? known.at(-1) : known.find((name) => name === version);
    },
  };
}

/** By number, part after part: 22.04.9 stands before 22.04.10. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isOf(image: PlatformImage, sku: Omit<PlatformImage, 'version'>): boolean {
  return same(image.publisher, sku.publisher) && same(image.offer, sku.offer) && same(image.sku, sku.sku);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
