import { z } from 'zod';
import { galleryImageOf } from '../model/gallery.ts';
import type { GalleryReference } from '../model/gallery.ts';
import { imageOf } from '../model/image.ts';
import type { ModelImage } from '../model/image.ts';
import type { Model } from '../model/model.ts';
import { IMAGE_ID } from '../spec/resource-ids.ts';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,79}$/, 'must be the name of a publisher, an offer or a sku');

const publicId = (kind: string) =>
  z
    .string()
    .max(250)
    .regex(
      new RegExp(String.raw`^/${kind}Galleries/[\w.-]+/images/[\w.-]+$`, 'i'),
      `must be the id of an image without a version, such as /${kind}Galleries/NAME/Images/NAME`,
    );

/** The image that a schedule is for, in the words of a model's reference. */
export const Source = z.union(
  [
    z.strictObject({ publisher: name, offer: name, sku: name.optional() }),
    z.strictObject({
      id: z
        .string()
        .regex(IMAGE_ID)
        .regex(/\/galleries\/[^/]+\/images\/[^/]+$/i, 'must be the id of a gallery image without a version'),
    }),
    z.strictObject({ sharedGalleryImageId: publicId('Shared') }),
    z.strictObject({ communityGalleryImageId: publicId('Community') }),
  ],
  {
    error:
      'must be one of { publisher, offer, sku? }, { id }, { sharedGalleryImageId }, { communityGalleryImageId }, an image of a gallery without its version',
  },
);
export type Source = Readonly<z.infer<typeof Source>>;

/** The image of a set that versions are published of. */
export type VersionedImage =
  | {
      readonly kind: 'platform';
      readonly platform: Extract<ModelImage, { readonly kind: 'platform' }>;
      /** Sets of one key count their versions alike. */
      readonly key: string;
      /** An exact version, or `latest`. */
      readonly version: string;
    }
  | {
      readonly kind: 'gallery';
      readonly gallery: GalleryReference;
      readonly key: string;
      readonly version: string;
    };

/** `undefined` where the model names an image that has no versions. */
export function versionedImageOf(model: Model): VersionedImage | undefined {
  const image = imageOf(model);
  if (image.kind === 'platform') {
    // Skus of one offer are published together, under the same numbers.
    const key = `${image.publisher}:${image.offer}`.toLowerCase();
    return { kind: 'platform', platform: image, key, version: image.version };
  }
  const gallery = galleryImageOf(model);
  if (gallery === undefined) return undefined;
  const { image: id, version = 'latest' } = gallery;
  return { kind: 'gallery', gallery, key: id.toLowerCase(), version };
}

/** Whether a set's image is the one that a schedule is for. */
export function isOfSource(image: VersionedImage, source: Source | undefined): boolean {
  if (source === undefined) return true;
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  if ('publisher' in source) {
    if (image.kind !== 'platform') return false;
    const { publisher, offer, sku } = image.platform;
    return same(publisher, source.publisher) && same(offer, source.offer) && same(sku, source.sku ?? sku);
  }
  const [[field, id] = ['', '']] = Object.entries(source);
  return image.kind === 'gallery' && image.gallery.field === field && same(image.gallery.image, id);
}
