import { ArmError } from '../errors/arm-error.ts';
import { invalidParameter } from '../errors/catalogue.ts';
import type { ImageCatalogue } from '../store/images.ts';
import type { Ways } from '../ways.ts';
import { canonical, isObject, sameName, valueAt, type Json, type JsonObject } from '../model/json.ts';
import { mergePatch } from '../model/merge.ts';

const STORAGE = 'properties.virtualMachineProfile.storageProfile';

/** A storage profile that does not name its image is refused (azure-rest-api-specs#10322, its words #7253 of Terraform). */
export function checkStorageProfile(patch: JsonObject): void {
  const sent = valueAt(patch, STORAGE);
  if (isObject(sent) && sent['imageReference'] === undefined) {
    throw invalidParameter('imageReference', "Required parameter 'imageReference' is missing (null).");
  }
}

/** A community or shared image in the field of a resource id is refused by Azure Resource Manager itself. */
export function checkImageId(patch: JsonObject): void {
  const path = `${STORAGE}.imageReference.id`;
  const id = valueAt(patch, path);
  if (typeof id !== 'string' || /^\/(subscriptions|providers)\//i.test(id)) return;
  throw new ArmError(400, {
    code: 'LinkedInvalidPropertyId',
    message:
      `Property id '${id}' at path '${path}' is invalid. Expect fully qualified resource Id that start with ` +
      "'/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.",
  });
}

/**
 * What a new image brings along where the body says nothing of the OS disk: the image's own caching and size
 * (azure-rest-api-specs#13164).
 */
export function withImagesOwnDisk(
  resets: Ways['imageWriteResetsOsDisk'],
  images: ImageCatalogue,
  write: { readonly before: JsonObject; readonly patch: JsonObject; readonly merged: JsonObject },
): JsonObject {
  const { before, patch, merged } = write;
  const path = `${STORAGE}.imageReference`;
  const isSent = valueAt(patch, path) !== undefined && valueAt(patch, `${STORAGE}.osDisk`) === undefined;
  const moves = !sameName(canonical(valueAt(before, path)), canonical(valueAt(merged, path)));
  const id = valueAt(merged, `${path}.id`);
  const applies = resets === 'always' || (resets === 'customImages' && typeof id === 'string');
  if (!isSent || !moves || !applies) return merged;
  const osDisk = { ...images.custom.diskOf(typeof id === 'string' ? id : '') };
  return mergePatch(merged, { properties: { virtualMachineProfile: { storageProfile: { osDisk } } } });
}

/** A model without a field, wherever it stands, in lists too. */
export function withoutField(model: JsonObject, field: string): JsonObject {
  const lacking = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((inner: Json) => lacking(inner));
    return isObject(value) ? withoutField(value, field) : value;
  };
  return Object.fromEntries(
    Object.entries(model)
      .filter(([key]) => key !== field)
      .map(([key, value]) => [key, value === undefined ? undefined : lacking(value)]),
  );
}

/** A patch without what stands at a path. */
export function withoutPath(patch: JsonObject, path: string): JsonObject {
  const [key = '', ...rest] = path.split('.');
  const inner = patch[key];
  if (rest.length > 0) {
    return isObject(inner) ? { ...patch, [key]: withoutPath(inner, rest.join('.')) } : patch;
  }
  const { [key]: _gone, ...left } = patch;
  return left;
}
