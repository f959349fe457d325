import { campaigns as words } from '../messages/campaigns.ts';
import { isLatest } from '../model/image.ts';
import type { ModelImage } from '../model/image.ts';
import { imageAsked } from '../plan/image-change.ts';
import type { CampaignSpec } from './spec.ts';

/** A platform image in one region, whose versions decide what "latest" is there. */
export interface PublishedImage {
  readonly location: string;
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
}

export interface ModelSeen {
  readonly image: ModelImage;
  readonly location: string;
}

/** What a campaign is refused for before anything is begun. */
export interface CampaignRefusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** The images whose versions have to be read to pin one for all; none where the spec names an exact one. */
export function imagesToPin(
  { change: { image } }: CampaignSpec,
  models: readonly ModelSeen[],
): readonly PublishedImage[] | CampaignRefusal {
  if (image === undefined || 'id' in image || 'uri' in image) return [];
  if (image.version !== undefined && !isLatest(image.version)) return [];
  const wanted = new Map<string, PublishedImage>();
  for (const { image: current, location } of models) {
    if (current.kind !== 'platform') continue;
    const { publisher, offer, sku } = imageAsked(current, image);
    wanted.set(`${location} ${publisher} ${offer} ${sku}`.toLowerCase(), { location, publisher, offer, sku });
  }
  const images = [...wanted.values()];
  const names = [
    ...new Set(images.map(({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`.toLowerCase())),
  ];
  if (names.length < 2) return images;
  const [message, remedy] = [words.differentImages(names), words.differentImagesRemedy];
  return { kind: 'refused', code: 'differentImages', message, remedy };
}

/** The newest version that every region has; each list begins with its newest. */
export function newestEverywhere(
  lists: readonly (readonly string[])[],
): string | undefined | CampaignRefusal {
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const found = first.find((version) => others.every((one) => one.includes(version)));
  if (found !== undefined) return found;
  const [message, remedy] = [words.notEverywhere, words.notEverywhereRemedy];
  return { kind: 'refused', code: 'versionNotEverywhere', message, remedy };
}

/** The spec with the version that was pinned: what each rollout takes. */
export function pinnedSpec(spec: CampaignSpec, version: string | undefined): CampaignSpec {
  const { image } = spec.change;
  if (version === undefined || image === undefined || 'id' in image || 'uri' in image) return spec;
  return { ...spec, change: { ...spec.change, image: { ...image, version } } };
}
