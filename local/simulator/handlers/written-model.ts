import { faultFor } from '../faults/match.ts';
import { toJson } from '../injection/inject.ts';
import type { Call } from '../calls/call.ts';
import { valueAt, type JsonObject } from '../model/json.ts';
import { lenient } from '../model/leniency.ts';
import { mergePatch } from '../model/merge.ts';
import {
  checkImageId,
  checkStorageProfile,
  withImagesOwnDisk,
  withoutField,
  withoutPath,
} from '../rules/side-effects.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

/** Not where the OS disk itself names a blob: such a model has no image to repeat. */
function hasImage({ model }: ScaleSet): boolean {
  return valueAt(model, 'properties.virtualMachineProfile.storageProfile.imageReference') !== undefined;
}

/** What a body makes of a set's model: merged, with what the service leaves out and what it adds by itself. */
export function mergedModel(world: World, call: Call, set: ScaleSet, patch: JsonObject): JsonObject {
  const { profile, images } = world;
  const isPatch = call.traits.operation === 'patch';
  if (isPatch && profile.storageProfileNeedsImage && hasImage(set)) checkStorageProfile(patch);
  if (profile.imageIdsAreResourceIds) checkImageId(patch);
  const ignored = faultFor(world, 'ignoredChange', call.traits);
  const taken = (ignored?.paths ?? []).reduce(withoutPath, patch);
  const before = toJson(set.model);
  const merged = lenient(profile, mergePatch(before, taken));
  const settled = isPatch
    ? withImagesOwnDisk(profile.imageWriteResetsOsDisk, images, { before, patch: taken, merged })
    : merged;
  const beside = faultFor(world, 'sideEffect', call.traits);
  const changed = beside === undefined ? settled : mergePatch(settled, beside.patch);
  const drops = faultFor(world, 'dropsField', call.traits);
  return drops === undefined ? changed : withoutField(changed, drops.field);
}
