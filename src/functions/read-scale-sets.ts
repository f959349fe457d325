import { http } from '../core/messages/http.ts';
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { formatScaleSetId, parseScaleSetId } from '../azure/address.ts';
import type { ListedScaleSet, Read, ScaleSetAddress } from '../azure/port.ts';
import { createReadCache } from '../azure/read-cache.ts';
import type { ReadCache } from '../azure/read-cache.ts';
import type { Ports } from '../activities/frame/ports.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { listHeldLeases, readLease } from '../store/leases.ts';
import type { App } from './app.ts';
import { armThrottled, armUnreachable, ProblemError, readRefused } from './problem.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';
import { instanceResourceShape, scaleSetShape, scaleSetSummary } from './scale-set-shapes.ts';

const caches = new WeakMap<Ports, ReadCache>();

function cacheOf(ports: Ports): ReadCache {
  const known = caches.get(ports);
  if (known !== undefined) return known;
  const made = createReadCache(ports.clock, ports.pace.cacheSeconds);
  caches.set(ports, made);
  return made;
}

/** `GET /scale-sets`: every scale set that the app may see, and who works on it. */
export function getScaleSets(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const ports = app.ports();
    const { found, unreadable } = await allScaleSets(ports);
    const leases = await listHeldLeases(ports.store);
    const holders = new Map(leases.map(({ scaleSet, rolloutId }) => [scaleSetKey(scaleSet), rolloutId]));
    const value = found
      .map(({ address, model }) =>
        scaleSetSummary(address, { model, heldBy: holders.get(scaleSetKey(formatScaleSetId(address))) }),
      )
      .sort((a, b) => (scaleSetKey(a.id) < scaleSetKey(b.id) ? -1 : 1));
    return jsonWithEtag(request, { value, ...(unreadable.length > 0 && { unreadable }) });
  });
}

interface Found {
  readonly found: readonly ListedScaleSet[];
  /** Subscriptions that are there but may not be read: no reason to hide the others. */
  readonly unreadable: readonly {
    readonly subscriptionId: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Subscriptions asked at one time; a tenant may have hundreds. */
const AT_ONCE = 8;

async function allScaleSets(ports: Ports): Promise<Found> {
  const { compute } = ports;
  const cache = cacheOf(ports);
  const subscriptions = valueOf(await cache.read('subscriptions', () => compute.subscriptions()));
  const found: ListedScaleSet[] = [];
  const unreadable: Found['unreadable'][number][] = [];
  for (let from = 0; from < subscriptions.length; from += AT_ONCE) {
    const asked = subscriptions.slice(from, from + AT_ONCE);
    const reads = await Promise.all(
      asked.map((id) => cache.read(`scaleSets ${id}`, () => compute.scaleSets(id))),
    );
    for (const [index, read] of reads.entries()) {
      if (read.kind === 'refused' || read.kind === 'missing') {
        const { code, message } = read;
        unreadable.push({ subscriptionId: asked[index] ?? '', code, message });
      } else found.push(...valueOf(read));
    }
  }
  return { found, unreadable };
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}` */
export function getScaleSet(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const ports = app.ports();
    const address = addressIn(request);
    const key = scaleSetKey(formatScaleSetId(address));
    const cache = cacheOf(ports);
    const [set, view, lease] = await Promise.all([
      cache.read(`scaleSet ${key}`, () => ports.compute.scaleSet(address)),
      cache.read(`view ${key}`, () => ports.compute.scaleSetView(address)),
      readLease(ports.store, formatScaleSetId(address)),
    ]);
    const { model, etag } = valueOf(set, address);
    const shape = scaleSetShape(address, {
      model,
      etag,
      instanceView: valueOf(view, address),
      heldBy: lease?.rolloutId,
    });
    return jsonWithEtag(request, shape);
  });
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances` */
export function getScaleSetInstances(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const ports = app.ports();
    const address = addressIn(request);
    const key = `instances ${scaleSetKey(formatScaleSetId(address))}`;
    const read = await cacheOf(ports).read(key, () => ports.compute.instanceResources(address));
    return jsonWithEtag(request, {
      value: valueOf(read, address).map((found) => instanceResourceShape(found)),
    });
  });
}

function addressIn(request: HttpRequest): ScaleSetAddress {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const address = { subscriptionId, resourceGroup, name };
  if (parseScaleSetId(formatScaleSetId(address)) === undefined) throw noSuchSet(address);
  return address;
}

function valueOf<T>(read: Read<T>, address?: ScaleSetAddress): T {
  switch (read.kind) {
    case 'ok':
      return read.value;
    case 'missing':
      throw address === undefined ? armUnreachable(read.message) : noSuchSet(address);
    case 'throttled':
      throw armThrottled(read.retryAfterSeconds);
    case 'unreachable':
      throw armUnreachable(read.message);
    case 'refused':
      throw readRefused(read);
  }
}

function noSuchSet(address: ScaleSetAddress): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'scaleSetNotFound',
    detail: http.noScaleSet(formatScaleSetId(address)),
    remedy: http.noScaleSetRemedy,
  });
}
