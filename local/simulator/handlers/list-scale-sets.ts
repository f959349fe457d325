import { param, type Call, type Reply } from '../calls/call.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { scaleSetResource } from '../wire/scale-set.ts';
import type { World } from '../world.ts';
import { setsOfGroup } from './find.ts';

export function listScaleSetsOfGroup(world: World, call: Call): Reply {
  return listed(world, setsOfGroup(world, call));
}

export function listScaleSetsOfSubscription(world: World): Reply {
  return listed(world, [...world.scaleSets.values()]);
}

export function listScaleSetsOfLocation(world: World, call: Call): Reply {
  const location = param(call, 'location').toLowerCase();
  return listed(
    world,
    [...world.scaleSets.values()].filter((set) => set.location.toLowerCase() === location),
  );
}

function listed(world: World, sets: readonly ScaleSet[]): Reply {
  return { status: 200, body: { value: sets.map((set) => scaleSetResource(world, set)) } };
}
