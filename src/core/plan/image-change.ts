import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { IMAGE_VERSION } from '../model/delta.ts';
import type { Edit } from '../model/edits.ts';
import { galleryImageOf, versionId } from '../model/gallery.ts';
import type { GalleryReference } from '../model/gallery.ts';
import { imageOf, isLatest } from '../model/image.ts';
import type { ModelImage } from '../model/image.ts';
import { lookUp, parsePath } from '../model/paths.ts';
import type { PlanInput } from './plan.ts';

const STORAGE = 'virtualMachineProfile.storageProfile';

/** The edits that bring the model to the image asked for; a version is resolved to an exact one. */
export function imageEdits(input: PlanInput): readonly Edit[] | Refusal {
  const { image } = input.spec.change;
  if (image === undefined) return [];
  if ('id' in image) return customImage(input, image.id);
  if ('uri' in image) return imageUri(input, image.uri);
  return platformImage(input, image);
}

interface ImageAsked {
  readonly publisher?: string;
  readonly offer?: string;
  readonly sku?: string;
  readonly version?: string | undefined;
}

type Platform = Extract<ModelImage, { kind: 'platform' }>;

/** The image of the market place that a spec asks for: what it does not name stays as it is. */
export function imageAsked(current: Platform, asked: object): Platform {
  const { publisher = current.publisher, offer = current.offer, sku = current.sku }: ImageAsked = asked;
  return { ...current, publisher, offer, sku };
}

function platformImage(input: PlanInput, asked: ImageAsked): readonly Edit[] | Refusal {
  const current = imageOf(input.model);
  if (current.kind !== 'platform') {
    const gallery = asksForVersion(asked) ? galleryImageOf(input.model) : undefined;
    return gallery === undefined
      ? wrongKind(refused.noPlatformImage, 'version')
      : galleryVersion(input, gallery, asked);
  }
  const { publisher, offer, sku } = imageAsked(current, asked);
  const version = exactVersion(input, `${publisher} ${offer} ${sku}`, asked);
  if (typeof version !== 'string') return version;
  const isSame = publisher === current.publisher && offer === current.offer && sku === current.sku;
  if (isSame) return [{ kind: 'set', path: IMAGE_VERSION, value: version }];
  // Azure takes another image of the market place only when it is named whole, in one write (arm-vmss.md 3.4).
  return [{ kind: 'set', path: `${STORAGE}.imageReference`, value: { publisher, offer, sku, version } }];
}

/** Nothing but another version of the image that the model names. */
export function asksForVersion(asked: object | undefined): boolean {
  return asked !== undefined && Object.keys(asked).every((key) => key === 'version');
}

function galleryVersion(
  input: PlanInput,
  { path, image }: GalleryReference,
  asked: ImageAsked,
): readonly Edit[] | Refusal {
  const version = exactVersion(input, image, asked);
  if (typeof version !== 'string') return version;
  return [{ kind: 'set', path, value: versionId(image, version) }];
}

/** The version asked for, if the image has it in this region. */
function exactVersion(
  { versions, latest = versions[0] }: PlanInput,
  image: string,
  { version: wanted = 'latest' }: ImageAsked,
): string | Refusal {
  // fence I20: latest becomes an exact version
  const version = isLatest(wanted) ? latest : wanted;
  if (version !== undefined && versions.includes(version)) return version;
  const message = refused.noSuchVersion(image, wanted);
  return latest === undefined
    ? refuse('nothingPublished', message)
    : refuse('versionNotFound', message, { newest: latest });
}

function customImage({ model, hasImage }: PlanInput, id: string): readonly Edit[] | Refusal {
  if (imageOf(model).kind === 'platform' || !hasValue(model, `${STORAGE}.imageReference.id`)) {
    return wrongKind(refused.noCustomImage, 'id');
  }
  if (hasImage === false) {
    return refuse('imageIdNotFound', refused.noSuchImage(id));
  }
  return [{ kind: 'set', path: `${STORAGE}.imageReference.id`, value: id }];
}

function imageUri({ model }: PlanInput, uri: string): readonly Edit[] | Refusal {
  const path = `${STORAGE}.osDisk.image.uri`;
  if (!hasValue(model, path)) return wrongKind(refused.noImageUri, 'uri');
  return [{ kind: 'set', path, value: uri }];
}

function hasValue(model: PlanInput['model'], path: string): boolean {
  return lookUp(model, parsePath(path) ?? []).kind === 'found';
}

function wrongKind(message: string, field: string): Refusal {
  return refuse('otherKindOfImage', message, { field });
}
