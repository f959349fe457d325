import { z } from 'zod';
import { regionKey } from '../core/model/gallery.ts';
import type { GalleryVersion } from '../core/model/gallery.ts';
import type { Connections } from './connection.ts';
import { checkedImageId } from './extras.ts';
import { toRead } from './outcomes.ts';
import { linkOf, readPages } from './pages.ts';
import type { Page } from './pages.ts';
import type { Compute, GalleryImage } from './port.ts';
import { jsonOf } from './reply.ts';
import type { Answer } from './reply.ts';

/** What the client's own typed operations on galleries send. */
export const GALLERY_API_VERSION = '2025-12-03';

/** Reads of images in galleries: one's own by their resource, those of others by the region that they are seen from. */
export function createGalleries(
  connections: Connections,
  now: () => number,
): Pick<Compute, 'galleryVersions' | 'hasCopy'> {
  const urlOf = (path: string, query = ''): string =>
    `${connections.endpoint.origin}${path}?api-version=${GALLERY_API_VERSION}${query}`;
  return {
    galleryVersions(image) {
      const { subscriptionId } = image;
      const url = urlOf(`${pathTo(image)}/versions`);
      const first = () => connections.to(subscriptionId).send({ url });
      return readPages(connections, { subscriptionId, first, readPage: readVersions }, now);
    },
    async hasCopy({ subscriptionId, location, id }) {
      const url = urlOf(checkedImageId(id), '&%24expand=ReplicationStatus');
      const reply = await connections.to(subscriptionId).send({ url });
      return toRead(reply, now, (answer) => readCopies(answer, location));
    },
  };
}

const PUBLIC_IMAGE =
  /^\/(community|shared)Galleries\/(?!\.{1,2}\/)([\w.-]{1,120})\/images\/(?!\.{1,2}$)([\w.-]{1,80})$/i;

/** The id becomes part of a URL that our credential goes to: nothing but an image may pass. */
function pathTo({ subscriptionId, location, id }: GalleryImage): string {
  const [, kind, gallery, name] = PUBLIC_IMAGE.exec(id) ?? [];
  if (kind === undefined) return checkedImageId(id);
  const where = `/subscriptions/${encodeURIComponent(subscriptionId)}/providers/Microsoft.Compute/locations`;
  const region = encodeURIComponent(regionKey(location));
  return `${where}/${region}/${kind.toLowerCase()}Galleries/${gallery}/images/${name}`;
}

const time = z.string().optional().catch(undefined);
const profile = {
  excludeFromLatest: z.boolean().optional().catch(undefined),
  publishedDate: time,
  endOfLifeDate: time,
};
/** One's own tells it in a profile of its own, one of others at once (specification). */
const Versions = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      properties: z
        .object({
          ...profile,
          publishingProfile: z
            .object({ ...profile, targetRegions: z.array(z.object({ name: z.string() })).optional() })
            .optional(),
        })
        .optional(),
    }),
  ),
  nextLink: z.string().nullish(),
});

function readVersions(body: unknown): Page<GalleryVersion> | undefined {
  const parsed = Versions.safeParse(body);
  if (!parsed.success) return undefined;
  const items = parsed.data.value.map(({ name, properties = {} }): GalleryVersion => {
    const own = properties.publishingProfile;
    const { excludeFromLatest, publishedDate, endOfLifeDate } = own ?? properties;
    const [published, endOfLife] = [timeOf(publishedDate), timeOf(endOfLifeDate)];
    const regions = own?.targetRegions?.map((region) => region.name);
    return {
      version: name,
      isExcluded: excludeFromLatest === true,
      ...(published !== undefined && { published }),
      ...(endOfLife !== undefined && { endOfLife }),
      ...(regions !== undefined && { regions }),
    };
  });
  return { items, ...linkOf(parsed.data.nextLink) };
}

function timeOf(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

const Copies = z.object({
  properties: z.object({
    replicationStatus: z.object({ summary: z.array(z.object({ region: z.string(), state: z.string() })) }),
  }),
});

function readCopies(answer: Answer, location: string): boolean | undefined {
  const parsed = Copies.safeParse(jsonOf(answer));
  if (!parsed.success) return undefined;
  const { summary } = parsed.data.properties.replicationStatus;
  return summary.some(
    ({ region, state }) => regionKey(region) === regionKey(location) && state.toLowerCase() === 'completed',
  );
}
