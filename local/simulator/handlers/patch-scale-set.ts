import { bodyOf, type Call, type Reply } from '../calls/call.ts';
import { writablePart } from '../model/merge.ts';
import type { World } from '../world.ts';
import { findScaleSet } from './find.ts';
import { writeToSet } from './write-model.ts';

/** Merges a change into the model; null removes a field. */
export function patchScaleSet(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const patch = writablePart(bodyOf(call));
  return writeToSet(world, call, set, { operation: 'patch', patch });
}
