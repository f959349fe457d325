import type { Ports } from '../activities/frame/ports.ts';
import type { Announced, GalleryImage, Read } from '../azure/port.ts';
import { schedules as words } from '../core/messages/schedules.ts';
import { unfitness, versionId } from '../core/model/gallery.ts';
import type { GalleryVersion } from '../core/model/gallery.ts';
import type { SeenVersion } from '../core/schedule/choose.ts';
import type { PassedOver } from '../core/schedule/decision.ts';
import type { VersionedImage } from '../core/schedule/source.ts';
import { seeVersions } from '../store/schedule-trails.ts';

/** How a look sees: with `notes` it writes down versions that it sees for the first time. */
export interface Looking {
  readonly ports: Ports;
  readonly notes: boolean;
}

/** An image as it is seen from where a set is. */
export interface ImageHere {
  readonly image: VersionedImage;
  readonly subscriptionId: string;
  readonly location: string;
}

export interface Published {
  readonly versions: readonly SeenVersion[];
  readonly passedOver: readonly PassedOver[];
}

/** What a look has asked of images. Sets that share an image are many, so each question is put once. */
export interface Catalogue {
  versions(here: ImageHere): Promise<Read<Published>>;
  /** Why a version is none to take, which its list does not tell; `undefined` where it may be taken. */
  flaw(here: ImageHere, version: string): Promise<Read<PassedOver | undefined>>;
}

export function createCatalogue(looking: Looking): Catalogue {
  const lists = new Map<string, Promise<Read<Published>>>();
  const flaws = new Map<string, Promise<Read<PassedOver | undefined>>>();
  return {
    versions: (here) => once(lists, keyOf(here), () => publishedOf(here, looking)),
    flaw: (here, version) => once(flaws, `${keyOf(here)} ${version}`, () => flawOf(here, version, looking)),
  };
}

async function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}

/** An image in a region: versions are not published everywhere at once. */
function keyOf({ image, location }: ImageHere): string {
  if (image.kind === 'gallery') return `${location}:${image.key}`.toLowerCase();
  const { publisher, offer, sku } = image.platform;
  return [location, publisher, offer, sku].join(':').toLowerCase();
}

async function publishedOf(here: ImageHere, looking: Looking): Promise<Read<Published>> {
  const { image, subscriptionId, location } = here;
  const { compute } = looking.ports;
  if (image.kind === 'platform') {
    const read = await compute.imageVersions({ ...image.platform, subscriptionId, location });
    if (read.kind !== 'ok') return read;
    const versions = await seen(here, read.value, looking);
    return { kind: 'ok', value: { versions, passedOver: [] } };
  }
  const read = await compute.galleryVersions(galleryHere(here, image.gallery.image));
  return read.kind === 'ok' ? { kind: 'ok', value: await fromGallery(here, read.value, looking) } : read;
}

/** Versions of a gallery age from when they were published, those of the platform from when this app first saw them. */
async function fromGallery(
  here: ImageHere,
  all: readonly GalleryVersion[],
  looking: Looking,
): Promise<Published> {
  const where = { location: here.location, now: looking.ports.clock.now() };
  const fit = all.filter((one) => unfitness(one, where) === undefined);
  const sightings = await seen(
    here,
    fit.map(({ version }) => version),
    looking,
  );
  const published = new Map(all.map((one) => [one.version, one.published]));
  return {
    versions: sightings.map(({ version, since }) => ({ version, since: published.get(version) ?? since })),
    passedOver: all.flatMap((one): readonly PassedOver[] => {
      const { version, endOfLife = 0 } = one;
      switch (unfitness(one, where)) {
        case undefined:
          return [];
        case 'excluded':
          return [{ version, code: 'excludedFromLatest', message: words.excludedFromLatest }];
        case 'elsewhere':
          return [{ version, code: 'notInRegion', message: words.notInRegion(here.location) }];
        case 'endOfLife': {
          const message = words.endOfLife(new Date(endOfLife).toISOString());
          return [{ version, code: 'endOfLife', message }];
        }
      }
    }),
  };
}

function seen(
  here: ImageHere,
  versions: readonly string[],
  { ports, notes }: Looking,
): Promise<readonly SeenVersion[]> {
  const now = ports.clock.now();
  return seeVersions(ports.store, { image: keyOf(here), versions, now, notes });
}

function galleryHere({ subscriptionId, location }: ImageHere, id: string): GalleryImage {
  return { subscriptionId, location, id };
}

async function flawOf(
  here: ImageHere,
  version: string,
  { ports: { compute, clock } }: Looking,
): Promise<Read<PassedOver | undefined>> {
  const { image, subscriptionId, location } = here;
  if (image.kind === 'platform') {
    const read = await compute.imageVersion({ ...image.platform, subscriptionId, location }, version);
    if (read.kind !== 'ok') return read;
    const isOver = isDeprecated(read.value, clock.now());
    return ok(isOver ? { version, code: 'deprecated', message: words.deprecated } : undefined);
  }
  // Of a gallery of somebody else the region lists only what it has.
  if (image.gallery.field !== 'id') return ok(undefined);
  const read = await compute.hasCopy(galleryHere(here, versionId(image.gallery.image, version)));
  if (read.kind !== 'ok') return read;
  return ok(read.value ? undefined : { version, code: 'replicating', message: words.replicating(location) });
}

const ok = (value: PassedOver | undefined): Read<PassedOver | undefined> => ({ kind: 'ok', value });

function isDeprecated({ isDeprecated: isOver, deprecates }: Announced, now: number): boolean {
  return isOver || (deprecates !== undefined && deprecates <= now);
}
