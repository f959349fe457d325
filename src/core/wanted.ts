import { IMAGE_VERSION } from './delta.ts';
import { imageOf } from './image.ts';
import type { Json } from './model.ts';
import type { PlanInput } from './plan.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** The properties that the spec asks for, an image version resolved to an exact one. */
export function wantedBy({
  spec,
  model,
  versions,
}: PlanInput): { properties: Record<string, Json> } | Refusal {
  const { image, set = {} } = spec.change;
  if (image === undefined) return { properties: set };
  if (!('version' in image) || 'sku' in image) {
    return refuse(
      'propertyNotChangeable',
      'only the version of an image can be changed yet',
      'name a version',
      'change.image',
    );
  }
  const current = imageOf(model);
  if (current.kind !== 'platform') {
    return refuse(
      'propertyNotChangeable',
      'the scale set does not run a platform image, so it has no image version to change',
      'name the image that it should run instead',
      'change.image.version',
    );
  }
  const version = image.version === 'latest' ? versions[0] : image.version;
  if (version === undefined || !versions.includes(version)) {
    const { publisher, offer, sku } = current;
    return refuse(
      'imageNotFound',
      `${publisher} ${offer} ${sku} has no version ${image.version ?? ''} in this region`,
      versions.length === 0 ? 'check the image' : `the newest is ${versions[0] ?? ''}`,
      'change.image.version',
    );
  }
  return { properties: { ...set, [IMAGE_VERSION]: version } };
}
