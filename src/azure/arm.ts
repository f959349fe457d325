import { azure } from '../core/messages/azure.ts';
import { z } from 'zod';
import type { Model } from '../core/model/model.ts';
import { pathOf } from './address.ts';
import { createConnections } from './connection.ts';
import type { Connections, ConnectionSettings } from './connection.ts';
import { diskRequest } from './data-disks.ts';
import { isOnEndpoint } from './endpoint.ts';
import { readImageVersions } from './image-versions.ts';
import { readInstance, readInstancePage } from './instances.ts';
import { toOperationState } from './operations.ts';
import { toRead, toWrite } from './outcomes.ts';
import {
  ACTION_PATHS,
  checkedImageId,
  readImage,
  readRepairs,
  readRollingUpgrade,
  readSizes,
} from './extras.ts';
import { API_VERSION, createOverview } from './overview.ts';
import { readPages } from './pages.ts';
import type { Compute, InstanceResource, Read, ScaleSet, ScaleSetAddress, Write } from './port.ts';
import { readInstanceResource, withProtection } from './protection.ts';
import { jsonOf } from './reply.ts';
import type { Answer, Reply } from './reply.ts';

/** What the client's own typed operations on galleries send. */
const GALLERY_API_VERSION = '2025-12-03';
const MAX_INSTANCE_IDS = 100;

export interface ComputeSettings extends ConnectionSettings {
  /** For `Retry-After` given as a date; the system's clock when absent. */
  readonly clock?: { now(): number };
}

interface ScaleSetWrite {
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Below the scale set's own id. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Model;
}

/** The Compute port on Azure Resource Manager. */
export function createCompute(settings: ComputeSettings): Compute {
  const connections = createConnections(settings);
  const now = (): number => settings.clock?.now() ?? Date.now();

  /**
   * Writes go through the client's pipeline, not its typed operations: those drop every field that this version of the
   * client does not know, and their pollers write an operation's signed URL into the client's log.
   */
  const write = async (
    address: ScaleSetAddress,
    { method, path, headers, body }: ScaleSetWrite,
  ): Promise<Write> => {
    const reply = await connections.to(address.subscriptionId).send({
      method,
      url: `${connections.endpoint.origin}${pathOf(address)}${path}?api-version=${API_VERSION}`,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return toWrite(reply, now);
  };

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
    async scaleSet({ subscriptionId, resourceGroup, name }) {
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) => client.virtualMachineScaleSets.get(resourceGroup, name, options));
      return toRead(reply, now, readScaleSet);
    },

    async instances(address) {
      const read = await listInstances(connections, address, now);
      return read.kind === 'ok' ? { ...read, value: read.value.map(({ instance }) => instance) } : read;
    },
    async instance({ subscriptionId, resourceGroup, name }, instanceId) {
      const expand = 'instanceView';
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) =>
          client.virtualMachineScaleSetVMs.get(resourceGroup, name, instanceId, { expand, ...options }),
        );
      return toRead(reply, now, (answer) => readInstance(jsonOf(answer)));
    },
    instanceResources: (address) => listInstances(connections, address, now),
    ...createOverview(connections, now),

    async imageVersions({ subscriptionId, location, publisher, offer, sku }) {
      const reply = await connections
        .to(subscriptionId)
        .call((client, options) =>
          client.virtualMachineImages.list(location, publisher, offer, sku, options),
        );
      return toRead(reply, now, (answer) => readImageVersions(jsonOf(answer)));
    },

    patchModel: (address, delta, etag) =>
      write(address, {
        method: 'PATCH',
        path: '',
        // fence I14: the model is written only on the version that was read
        headers: { 'if-match': etag },
        body: delta,
      }),

    async patchExtension(address, name, properties) {
      if (!/^[\w.-]+$/.test(name)) throw new RangeError(`"${name}" is no extension's name`);
      return write(address, { method: 'PATCH', path: `/extensions/${name}`, body: { properties } });
    },

    async act(address, action, instanceIds) {
      checkInstanceIds(instanceIds);
      return write(address, { method: 'POST', path: ACTION_PATHS[action], body: { instanceIds } });
    },

    async instanceResource(address, instanceId) {
      const url = `${connections.endpoint.origin}${pathOf(address)}${instancePath(instanceId)}?api-version=${API_VERSION}`;
      return toRead(await connections.to(address.subscriptionId).send({ url }), now, readInstanceResource);
    },

    async protectInstance(address, instanceId, resource, etag) {
      const path = instancePath(instanceId);
      return write(address, {
        method: 'PUT',
        path,
        // fence I14: an instance is protected only as it was read
        headers: { 'if-match': etag },
        body: withProtection(resource),
      });
    },

    changeDisks: async (address, instanceId, work) =>
      write(address, {
        method: 'POST',
        path: `${instancePath(instanceId)}/attachDetachDataDisks`,
        body: diskRequest(work),
      }),

    setRepairs: (address, action) =>
      write(address, {
        method: 'POST',
        path: '/setOrchestrationServiceState',
        body: { serviceName: 'AutomaticRepairs', action },
      }),

    sizes: (address) => readBelow(address, '/skus', readSizes),
    repairs: (address) => readBelow(address, '/instanceView', readRepairs),

    async rollingUpgrade(address) {
      const read = await readBelow(address, '/rollingUpgrades/latest', readRollingUpgrade);
      // There never was one.
      return read.kind === 'missing' ? { kind: 'ok', value: 'idle' } : read;
    },

    async image(subscriptionId, imageId) {
      const version = /\/galleries\//i.test(imageId) ? GALLERY_API_VERSION : API_VERSION;
      const url = `${connections.endpoint.origin}${checkedImageId(imageId)}?api-version=${version}`;
      return toRead(await connections.to(subscriptionId).send({ url }), now, readImage);
    },

    async operation(subscriptionId, pollUrl) {
      if (!isOnEndpoint(pollUrl, connections.endpoint)) return FOREIGN_OPERATION;
      const reply = await connections.to(subscriptionId).send({ url: pollUrl });
      return toRead(reply, now, (answer) => toOperationState(answer, now));
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

function listInstances(
  connections: Connections,
  { subscriptionId, resourceGroup, name }: ScaleSetAddress,
  now: () => number,
): Promise<Read<readonly InstanceResource[]>> {
  const first = (): Promise<Reply> =>
    connections.to(subscriptionId).call((client, options) =>
      client.virtualMachineScaleSetVMs
        .list(resourceGroup, name, { expand: 'instanceView', ...options })
        .byPage()
        .next(),
    );
  return readPages(connections, { subscriptionId, first, readPage: readInstancePage }, now);
}

function instancePath(instanceId: string): string {
  checkInstanceIds([instanceId]);
  return `/virtualMachines/${instanceId}`;
}

/** `*` would be every instance: an upgrade names those it means. */
function checkInstanceIds(instanceIds: readonly string[]): void {
  if (instanceIds.length === 0 || instanceIds.length > MAX_INSTANCE_IDS) {
    throw new RangeError(`an upgrade names 1 to ${MAX_INSTANCE_IDS} instances, not ${instanceIds.length}`);
  }
  const wrong = instanceIds.find((id) => !/^[\w.-]+$/.test(id));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" is no instance id`);
}
