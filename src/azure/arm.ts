import { azure } from '../core/messages/azure.ts';
import { z } from 'zod';
import type { Model } from '../core/model/model.ts';
import { capacityOf } from '../core/model/scale-set.ts';
import { pathOf } from './address.ts';
import { createConnections } from './connection.ts';
import type { Connections, ConnectionSettings } from './connection.ts';
import { isOnEndpoint } from './endpoint.ts';
import { createGalleries, GALLERY_API_VERSION } from './galleries.ts';
import { checkedImageId, readImage, readRepairs, readRollingUpgrade, readSizes } from './extras.ts';
import { readAnnounced, readImageVersions } from './image-versions.ts';
import { instancePath } from './instance-path.ts';
import { readInstance, readInstancePage, readResourcePage } from './instances.ts';
import { toOperationState } from './operations.ts';
import { toRead } from './outcomes.ts';
import { API_VERSION, createOverview } from './overview.ts';
import { PageBudget } from './page-budget.ts';
import { readPages } from './pages.ts';
import type { Page } from './pages.ts';
import type { Compute, Read, ScaleSet, ScaleSetAddress } from './port.ts';
import { readInstanceResource } from './protection.ts';
import { jsonOf } from './reply.ts';
import type { Answer, Reply } from './reply.ts';
import { createWrites } from './writes.ts';

export interface ComputeSettings extends ConnectionSettings {
  /** For `Retry-After` given as a date; the system's clock when absent. */
  readonly clock?: { now(): number };
}

/** The Compute port on Azure Resource Manager. */
export function createCompute(settings: ComputeSettings): Compute {
  const connections = createConnections(settings);
  const now = (): number => settings.clock?.now() ?? Date.now();
  const budget = new PageBudget(now);
  return {
    writing: (pass) => createWrites(connections, now, pass),
    ...setReads(connections, now, budget),
    ...instanceReads(connections, now, budget),
    secondsUntilPages: (address, pages) => budget.secondsUntil(address, pages),
    instancesGranted: (address) => budget.instancesGranted(address),
    listsLeft: (subscriptionId) => budget.ofSubscription(subscriptionId),
    ...imageReads(connections, now),
    ...createGalleries(connections, now),
    ...createOverview(connections, now),

    async operation(subscriptionId, pollUrl) {
      if (!isOnEndpoint(pollUrl, connections.endpoint)) return FOREIGN_OPERATION;
      const reply = await connections.to(subscriptionId).send({ url: pollUrl });
      return toRead(reply, now, (answer) => toOperationState(answer, now));
    },
  };
}

function setReads(
  connections: Connections,
  now: () => number,
  budget: PageBudget,
): Pick<Compute, 'scaleSet' | 'sizes' | 'repairs' | 'rollingUpgrade'> {
  const readBelow = async <T>(
    address: ScaleSetAddress,
    path: string,
    parse: (body: unknown) => T | undefined,
  ): Promise<Read<T>> => {
    const url = `${connections.endpoint.origin}${pathOf(address)}${path}?api-version=${API_VERSION}`;
    const reply = await connections.to(address.subscriptionId).send({ url });
    return toRead(reply, now, (answer) => parse(jsonOf(answer)));
  };
  return {
    async scaleSet(address) {
      const { subscriptionId, resourceGroup, name } = address;
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) => client.virtualMachineScaleSets.get(resourceGroup, name, options));
      const read = toRead(reply, now, readScaleSet);
      if (read.kind === 'ok') {
        const { model } = read.value;
        budget.noteSet(address, { capacity: capacityOf(model), location: model['location'] });
      }
      return read;
    },
    sizes: (address) => readBelow(address, '/skus', readSizes),
    repairs: (address) => readBelow(address, '/instanceView', readRepairs),
    async rollingUpgrade(address) {
      const read = await readBelow(address, '/rollingUpgrades/latest', readRollingUpgrade);
      // There never was one, or a set like this has none.
      const isNone = read.kind === 'missing' || (read.kind === 'refused' && read.status === 400);
      return isNone ? { kind: 'ok', value: { kind: 'idle' } } : read;
    },
  };
}

function instanceReads(
  connections: Connections,
  now: () => number,
  budget: PageBudget,
): Pick<Compute, 'instances' | 'instance' | 'instanceResources' | 'instanceResource'> {
  const listed = { now, budget };
  return {
    instances: (address) => listInstances(connections, address, { ...listed, readPage: readInstancePage }),
    async instance(address, instanceId) {
      const { subscriptionId, resourceGroup, name } = address;
      const expand = 'instanceView';
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) =>
          client.virtualMachineScaleSetVMs.get(resourceGroup, name, instanceId, { expand, ...options }),
        );
      if (reply.kind === 'answer') budget.noteAnswer(address, reply);
      return toRead(reply, now, (answer) => readInstance(jsonOf(answer)));
    },
    instanceResources: (address) =>
      listInstances(connections, address, { ...listed, readPage: readResourcePage }),
    async instanceResource(address, instanceId) {
      const url = `${connections.endpoint.origin}${pathOf(address)}${instancePath(instanceId)}?api-version=${API_VERSION}`;
      return toRead(await connections.to(address.subscriptionId).send({ url }), now, readInstanceResource);
    },
  };
}

function imageReads(
  connections: Connections,
  now: () => number,
): Pick<Compute, 'imageVersions' | 'imageVersion' | 'image'> {
  return {
    async imageVersion({ subscriptionId, location, publisher, offer, sku }, version) {
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) =>
          client.virtualMachineImages.get(location, publisher, offer, sku, version, options),
        );
      return toRead(reply, now, (answer) => readAnnounced(jsonOf(answer)));
    },

    async imageVersions({ subscriptionId, location, publisher, offer, sku }) {
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) =>
          client.virtualMachineImages.list(location, publisher, offer, sku, options),
        );
      return toRead(reply, now, (answer) => readImageVersions(jsonOf(answer)));
    },
    async image(subscriptionId, imageId) {
      const version = /\/galleries\//i.test(imageId) ? GALLERY_API_VERSION : API_VERSION;
      const url = `${connections.endpoint.origin}${checkedImageId(imageId)}?api-version=${version}`;
      return toRead(await connections.to(subscriptionId).send({ url }), now, readImage);
    },
  };
}

const FOREIGN_OPERATION = {
  kind: 'refused',
  status: 0,
  code: 'ForeignOperationUrl',
  message: azure.operationElsewhere,
} as const;

const ScaleSetBody = z.object({ etag: z.string().optional(), properties: z.object({}) });

function readScaleSet(answer: Answer): ScaleSet | undefined {
  const body = jsonOf(answer);
  const parsed = ScaleSetBody.safeParse(body);
  if (!parsed.success) return undefined;
  const etag = answer.headers.get('etag') ?? parsed.data.etag;
  // Without an ETag no write could be fenced; the whole body goes on, also what nobody here knows.
  return etag === undefined || etag === '' ? undefined : { model: body as Model, etag };
}

interface ListOfInstances<T> {
  readonly now: () => number;
  readonly budget: PageBudget;
  readonly readPage: (body: unknown) => Page<T> | undefined;
}

/** Not the client's typed list: it would rebuild every instance of a large page, and the text alone is read. */
async function listInstances<T>(
  connections: Connections,
  address: ScaleSetAddress,
  { now, budget, readPage }: ListOfInstances<T>,
): Promise<Read<readonly T[]>> {
  const turn = budget.begin(address);
  if (turn.kind === 'wait') return { kind: 'throttled', retryAfterSeconds: turn.seconds, isForecast: true };
  const { subscriptionId } = address;
  const url = `${connections.endpoint.origin}${pathOf(address)}/virtualMachines?api-version=${API_VERSION}&%24expand=instanceView`;
  const first = (): Promise<Reply> => connections.to(subscriptionId).send({ url });
  let pages: number | undefined;
  const list = {
    subscriptionId,
    first,
    readPage,
    onAnswer: turn.answered,
    onEnd: (read: number) => {
      pages = read;
    },
  };
  try {
    return await readPages(connections, list, now);
  } finally {
    turn.end(pages);
  }
}
