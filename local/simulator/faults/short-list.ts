import type { Call } from '../calls/call.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { keyOf, type Lacking, type World } from '../world.ts';
import { faultFor } from './match.ts';

/** What this list lacks: a fault decides, else the moments in which the profile says lists are short. */
export function lackingFrom(world: World, set: ScaleSet, call: Call): Lacking {
  const fault = faultFor(world, 'shortList', call.traits);
  return fault?.lacks ?? momentOf(world, set);
}

/** A short moment lasts for some seconds, so that reading the list again at once shows the same. */
function momentOf(world: World, set: ScaleSet): Lacking {
  const { share, seconds } = world.profile.shortLists;
  if (share === 0) return [];
  const known = world.shortMoments.get(keyOf(set));
  if (known !== undefined && world.now() < known.until) return known.lacking;
  const random = world.random(`shortLists/${set.name}`);
  if (!random.chance(share)) return [];
  const ids = liveInstances(set).map(({ id }) => id);
  const missing = ids[Math.floor(random.between(0, ids.length))];
  const lacking: Lacking = random.chance(0.25) || missing === undefined ? 'all' : [missing];
  world.shortMoments.set(keyOf(set), { until: world.now() + seconds * 1000, lacking });
  return lacking;
}

export function isLacking(lacking: Lacking, id: string): boolean {
  return lacking === 'all' || lacking.includes(id);
}
