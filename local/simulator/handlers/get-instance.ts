import { queryOf, type Call, type Reply } from '../calls/call.ts';
import { instanceView } from '../wire/instance-view.ts';
import { instanceEtag, instanceResource } from '../wire/instance.ts';
import type { World } from '../world.ts';
import { findInstance, findScaleSet } from './find.ts';

export function getInstance(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const { instance, state } = findInstance(world, set, call);
  const resource = instanceResource(world, set, { instance, state, apiVersion: call.apiVersion });
  const etag = instanceEtag(state);
  const expands = queryOf(call, '$expand')?.toLowerCase() === 'instanceview';
  const view = expands ? { instanceView: instanceView(world, set, instance, state) } : {};
  const { properties, ...rest } = Object(resource);
  const headers = { etag, 'x-ms-request-charge': '1' };
  return { status: 200, headers, body: { ...rest, properties: { ...properties, ...view } } };
}

export function getInstanceView(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const { instance, state } = findInstance(world, set, call);
  const headers = { 'x-ms-request-charge': '1' };
  return { status: 200, headers, body: instanceView(world, set, instance, state) };
}
