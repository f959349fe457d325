import { upgradesItself } from '../model/policies.ts';
import { imageReferenceOf } from '../model/schema.ts';
import type { GalleryVersion } from '../store/galleries.ts';
import type { PlatformImage } from '../store/images.ts';
import { isRolling } from '../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { keyOf, scheduleIn, type World } from '../world.ts';
import { exactVersionOf } from './plan.ts';
import { rollOutByPlatform } from './rolling/start.ts';

/** While something else runs the platform tries again later. */
const RETRY_SECONDS = 600;

/** A new version appears; sets with automatic OS upgrade get it within hours (arm-vmss.md 3.3). */
export function publishImage(world: World, image: PlatformImage): void {
  world.images.publish(image);
  followPublication(world);
}

export function publishGalleryVersion(world: World, version: GalleryVersion): void {
  world.images.custom.publish(version);
  followPublication(world);
}

function followPublication(world: World): void {
  for (const set of world.scaleSets.values()) {
    if (!upgradesItself(set.model)) continue;
    const [min, max] = world.profile.timing.automaticOsUpgrade;
    const seconds = world.random(`automaticOsUpgrade/${set.name}`).between(min, max);
    scheduleIn(world, seconds, () => considerUpgrade(world, set));
  }
}

function considerUpgrade(world: World, set: ScaleSet): void {
  if (world.scaleSets.get(keyOf(set)) !== set || set.provisioning.state === 'Deleting') return;
  const newest = exactVersionOf(world, imageReferenceOf(set.model));
  const isBehind = liveInstances(set).some(({ state }) => state.exactVersion !== newest);
  if (!upgradesItself(set.model) || !isBehind) return;
  if (isRolling(set.rolling) || set.provisioning.state === 'Updating') {
    scheduleIn(world, RETRY_SECONDS, () => considerUpgrade(world, set));
    return;
  }
  rollOutByPlatform(world, set);
}
