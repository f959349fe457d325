import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { IMAGE_VERSION } from '../model/delta.ts';
import type { Edit } from '../model/edits.ts';
import { imageOf } from '../model/image.ts';
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

function platformImage(
  { model, versions }: PlanInput,
  asked: { readonly sku?: string; readonly version?: string | undefined },
): readonly Edit[] | Refusal {
  const current = imageOf(model);
  if (current.kind !== 'platform') {
    return wrongKind(
      'the scale set does not run a platform image, so it has no image version to change',
      'version',
    );
  }
  const { publisher, offer } = current;
  const { sku = current.sku, version: wanted = 'latest' } = asked;
  // fence I20: latest becomes an exact version
  const version = wanted === 'latest' ? versions[0] : wanted;
  if (version === undefined || !versions.includes(version)) {
    const [newest] = versions;
    const message = `${publisher} ${offer} ${sku} has no version ${wanted} in this region`;
    return newest === undefined
      ? refuse('nothingPublished', message)
      : refuse('versionNotFound', message, { newest });
  }
  if (sku === current.sku) return [{ kind: 'set', path: IMAGE_VERSION, value: version }];
  // Azure takes another image of the market place only when it is named whole, in one write (arm-vmss.md 3.4).
  return [{ kind: 'set', path: `${STORAGE}.imageReference`, value: { publisher, offer, sku, version } }];
}

function customImage({ model, hasImage }: PlanInput, id: string): readonly Edit[] | Refusal {
  if (imageOf(model).kind === 'platform' || !hasValue(model, `${STORAGE}.imageReference.id`)) {
    return wrongKind(
      'the kind of a scale set’s image can never change, and this one does not run an image of its own',
      'id',
    );
  }
  if (hasImage === false) {
    return refuse('imageIdNotFound', `there is no image ${id}`);
  }
  return [{ kind: 'set', path: `${STORAGE}.imageReference.id`, value: id }];
}

function imageUri({ model }: PlanInput, uri: string): readonly Edit[] | Refusal {
  const path = `${STORAGE}.osDisk.image.uri`;
  if (!hasValue(model, path)) return wrongKind('the scale set does not run an image from a URI', 'uri');
  return [{ kind: 'set', path, value: uri }];
}

function hasValue(model: PlanInput['model'], path: string): boolean {
  return lookUp(model, parsePath(path) ?? []).kind === 'found';
}

function wrongKind(message: string, field: string): Refusal {
  return refuse('otherKindOfImage', message, { field });
}
