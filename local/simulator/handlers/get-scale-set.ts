import type { Call, Reply } from '../http/call.ts';
import { etagText } from '../store/scale-set.ts';
import { scaleSetResource, scaleSetView } from '../wire/scale-set.ts';
import type { World } from '../world.ts';
import { findScaleSet } from './find.ts';

export function getScaleSet(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  return { status: 200, headers: { etag: etagText(set.etag) }, body: scaleSetResource(world, set) };
}

export function getScaleSetInstanceView(world: World, call: Call): Reply {
  return { status: 200, body: scaleSetView(world, findScaleSet(world, call)) };
}
