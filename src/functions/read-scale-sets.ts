import { refused } from '../core/messages/refused.ts';
import { http } from '../core/messages/http.ts';
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { formatScaleSetId, parseScaleSetId } from '../azure/address.ts';
import type { Read, ScaleSetAddress } from '../azure/port.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { listScaleSets, readInstances, readScaleSet } from '../operations/read-scale-sets.ts';
import type { App } from './app.ts';
import { armThrottled, armUnreachable, ProblemError, readRefused } from './problem.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';
import { instanceResourceShape, scaleSetShape, scaleSetSummary } from './scale-set-shapes.ts';

/** `GET /scale-sets`: every scale set that the app may see, and who works on it. */
export function getScaleSets(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { found, unreadable } = valueOf(await listScaleSets(app.ports()));
    const value = found
      .map(({ address, ...seen }) => scaleSetSummary(address, seen))
      .sort((a, b) => (scaleSetKey(a.id) < scaleSetKey(b.id) ? -1 : 1));
    return jsonWithEtag(request, { value, ...(unreadable.length > 0 && { unreadable }) });
  });
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}` */
export function getScaleSet(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const address = addressIn(request);
    const set = valueOf(await readScaleSet(address, app.ports()), address);
    return jsonWithEtag(request, scaleSetShape(address, set));
  });
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances` */
export function getScaleSetInstances(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const address = addressIn(request);
    const value = valueOf(await readInstances(address, app.ports()), address);
    return jsonWithEtag(request, { value: value.map((found) => instanceResourceShape(found)) });
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
    case 'denied':
    case 'refused':
      throw readRefused(read);
  }
}

function noSuchSet(address: ScaleSetAddress): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'scaleSetNotFound',
    detail: refused.noScaleSet(formatScaleSetId(address)),
    remedy: http.noScaleSetRemedy,
  });
}
