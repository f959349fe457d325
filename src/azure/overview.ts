import { z } from 'zod';
import type { Model } from '../core/model/model.ts';
import { parseScaleSetId, pathOf } from './address.ts';
import type { Connections } from './connection.ts';
import { toRead } from './outcomes.ts';
import { linkOf, readPages } from './pages.ts';
import type { Page } from './pages.ts';
import type { ListedScaleSet, Overview } from './port.ts';
import { jsonOf } from './reply.ts';
import type { Answer } from './reply.ts';

/** The version that the client's own typed operations on scale sets send. */
export const API_VERSION = '2026-04-01';
/** Subscriptions belong to another service, with versions of its own. */
const SUBSCRIPTIONS_VERSION = '2022-12-01';
/** The list of subscriptions belongs to none of them: this only names the connection that carries it. */
const NO_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

const SUBSCRIPTION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createOverview(connections: Connections, now: () => number): Overview {
  const { origin } = connections.endpoint;
  return {
    subscriptions() {
      const url = `${origin}/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`;
      const subscriptionId = NO_SUBSCRIPTION;
      const first = () => connections.to(subscriptionId).send({ url });
      return readPages(connections, { subscriptionId, first, readPage: readSubscriptions }, now);
    },

    scaleSets(subscriptionId) {
      if (!SUBSCRIPTION_ID.test(subscriptionId))
        throw new RangeError(`${subscriptionId} is no subscription's id`);
      const url = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=${API_VERSION}`;
      const first = () => connections.to(subscriptionId).send({ url });
      return readPages(connections, { subscriptionId, first, readPage: readScaleSets }, now);
    },

    async scaleSetView(address) {
      const url = `${origin}${pathOf(address)}/instanceView?api-version=${API_VERSION}`;
      return toRead(await connections.to(address.subscriptionId).send({ url }), now, readView);
    },
  };
}

const Subscriptions = z.object({
  value: z.array(z.object({ subscriptionId: z.string().regex(SUBSCRIPTION_ID) })),
  nextLink: z.string().nullish(),
});

function readSubscriptions(body: unknown): Page<string> | undefined {
  const parsed = Subscriptions.safeParse(body);
  if (!parsed.success) return undefined;
  const { value, nextLink } = parsed.data;
  return { items: value.map(({ subscriptionId }) => subscriptionId), ...linkOf(nextLink) };
}

const ScaleSets = z.object({
  value: z.array(z.looseObject({ id: z.string() })),
  nextLink: z.string().nullish(),
});

function readScaleSets(body: unknown): Page<ListedScaleSet> | undefined {
  const parsed = ScaleSets.safeParse(body);
  if (!parsed.success) return undefined;
  const { value, nextLink } = parsed.data;
  const items = value.flatMap((resource) => {
    const address = parseScaleSetId(resource.id);
    return address === undefined ? [] : [{ address, model: resource as Model }];
  });
  return { items, ...linkOf(nextLink) };
}

function readView(answer: Answer): Model | undefined {
  const body = jsonOf(answer);
  return z.object({}).safeParse(body).success ? (body as Model) : undefined;
}
