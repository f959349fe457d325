import { refused } from '../core/messages/refused.ts';
import { http } from '../core/messages/http.ts';
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { formatScaleSetId, parseScaleSetId } from '../azure/address.ts';
import type { InstanceResource, Read, ScaleSetAddress } from '../azure/port.ts';
import { tagsOf } from '../core/model/tags.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { deniedThere } from '../operations/policy.ts';
import { listScaleSets, readInstances, readScaleSet } from '../operations/read-scale-sets.ts';
import { callerOf, mayRead, mustBeAllowed } from './allowed.ts';
import type { App } from './app.ts';
import { preparedFor } from './prepared.ts';
import { notFound, ProblemError, readProblem } from './problem.ts';
import { handle, invalidQuery, jsonWithEtag, noQuery, queryOf, sentOnce } from './request.ts';
import {
  instanceResourceShape,
  instanceSummary,
  scaleSetShape,
  scaleSetSummary,
} from './scale-set-shapes.ts';

/** `GET /scale-sets`: every scale set that the app may see, and who works on it. */
export function getScaleSets(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { found, unreadable } = valueOf(await listScaleSets(app.ports()));
    const value = found
      .filter(({ address, model }) =>
        mayRead(request, { scaleSet: formatScaleSetId(address), tags: tagsOf(model) }),
      )
      .map(({ address, ...seen }) => scaleSetSummary(address, seen))
      .sort((a, b) => (scaleSetKey(a.id) < scaleSetKey(b.id) ? -1 : 1));
    return jsonWithEtag(request, { value, ...(unreadable.length > 0 && { unreadable }) });
  });
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}` */
export function getScaleSet(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const address = await readableIn(request, app);
    const set = valueOf(await readScaleSet(address, app.ports()), address);
    const target = { scaleSet: formatScaleSetId(address), tags: tagsOf(set.model) };
    const denied = await deniedThere(target, callerOf(request), app.ports());
    const shown = { ...scaleSetShape(address, set), ...(denied.length > 0 && { denied }) };
    return jsonWithEtag(request, shown);
  });
}

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances?view=summary` */
export function getScaleSetInstances(app: App): HttpHandler {
  return handle(async (request) => {
    const shape = isSummary(queryOf(request)) ? summaries : resources;
    const address = await readableIn(request, app);
    const value = valueOf(await readInstances(address, app.ports()), address);
    return sentOnce(request, preparedFor(value, shape));
  });
}

const summaries = (found: readonly InstanceResource[]) => ({ value: found.map(instanceSummary) });
const resources = (found: readonly InstanceResource[]) => ({ value: found.map(instanceResourceShape) });

/** `GET /scale-sets/{subscriptionId}/{resourceGroup}/{name}/instances/{instanceId}`, from the same cache. */
export function getScaleSetInstance(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const address = await readableIn(request, app);
    const id = request.params['instanceId'] ?? '';
    const all = valueOf(await readInstances(address, app.ports()), address);
    const found = all.find(({ instance }) => instance.instanceId === id);
    if (found === undefined) throw notFound(`instance ${id}`);
    return jsonWithEtag(request, instanceResourceShape(found));
  });
}

/** Without what Azure sends, which is long. */
export const InstancesQuery = z.strictObject({
  view: z.enum(['summary'], { error: http.views }).optional(),
});

function isSummary(given: Readonly<Record<string, string>>): boolean {
  const query = InstancesQuery.safeParse(given);
  if (!query.success) {
    const errors = fieldErrors(query.error).map(({ path, message }) => ({
      path,
      message: message === http.unknownField ? http.unknownQuery : message,
    }));
    throw invalidQuery(errors);
  }
  return query.data.view === 'summary';
}

/** The scale set that the path names, where the caller may read it; its tags are asked for only where they decide that. */
async function readableIn(request: HttpRequest, app: App): Promise<ScaleSetAddress> {
  const address = addressIn(request);
  const scaleSet = formatScaleSetId(address);
  if (mayRead(request, { scaleSet })) return address;
  mustBeAllowed(request, 'read', { scaleSet, tags: 'unread' });
  const read = await readScaleSet(address, app.ports());
  const tags = read.kind === 'missing' ? {} : tagsOf(valueOf(read).model);
  mustBeAllowed(request, 'read', { scaleSet, tags });
  return address;
}

export function addressIn(request: HttpRequest): ScaleSetAddress {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const address = { subscriptionId, resourceGroup, name };
  if (parseScaleSetId(formatScaleSetId(address)) === undefined) throw noSuchSet(address);
  return address;
}

function valueOf<T>(read: Read<T>, address?: ScaleSetAddress): T {
  if (read.kind === 'ok') return read.value;
  throw read.kind === 'missing' && address !== undefined ? noSuchSet(address) : readProblem(read);
}

function noSuchSet(address: ScaleSetAddress): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'scaleSetNotFound',
    detail: refused.noScaleSet(formatScaleSetId(address)),
    remedy: http.noScaleSetRemedy,
  });
}
