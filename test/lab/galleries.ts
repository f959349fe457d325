import { SUBSCRIPTION } from './lab.ts';
import type { Lab } from './lab.ts';

export const OWN = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/galleries/shop/images/app`;
const SHARED = '/SharedGalleries/shop/Images/app';
const COMMUNITY = '/CommunityGalleries/shop/Images/app';

export const KINDS = [
  ['id', OWN],
  ['sharedGalleryImageId', SHARED],
  ['communityGalleryImageId', COMMUNITY],
] as const;

export const FIRST = { resourceGroup: 'rollout', gallery: 'shop', image: 'app', version: '1.0.0' };

export type Published = Parameters<Lab['sim']['publishGalleryVersion']>[0];

export const publish = (lab: Lab, version: string, more: Partial<Published> = {}): void =>
  lab.sim.publishGalleryVersion({
    resourceGroup: 'rollout',
    gallery: 'shop',
    image: 'app',
    version,
    ...more,
  });

/** The ids that Azure was told to put into the model of a set, in order; by the simulator's log. */
export function named(lab: Lab, name = 'web'): readonly string[] {
  return lab.log.flatMap((entry) => {
    if (entry.kind !== 'request' || entry.method !== 'PATCH' || !entry.path.endsWith(`/${name}`)) return [];
    const id = /"(?:id|\w+GalleryImageId)":"([^"]*galleries[^"]*)"/i.exec(JSON.stringify(entry.body))?.[1];
    return id === undefined ? [] : [id];
  });
}

export const versionsOn = (lab: Lab): readonly (string | undefined)[] =>
  lab.sim.scaleSet('web')?.instances.map(({ image }) => image.split('/').at(-1)) ?? [];
