import { queryOf, type Call, type Reply } from '../calls/call.ts';
import { valueAt } from '../model/json.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import { etagText } from '../store/scale-set.ts';
import { scaleSetResource, scaleSetView } from '../wire/scale-set.ts';
import type { World } from '../world.ts';
import { findScaleSet } from './find.ts';

export function getScaleSet(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const body = scaleSetResource(world, set);
  const expands = queryOf(call, '$expand')?.toLowerCase() === 'userdata';
  return {
    status: 200,
    headers: { etag: etagText(set.etag) },
    body: expands ? withUserData(body, set.model) : body,
  };
}

/** User data is shown on request alone (arm-vmss.md 2). */
function withUserData(resource: object, model: ScaleSetModel): object {
  const userData = valueAt(model, 'properties.virtualMachineProfile.userData');
  const { properties, ...rest } = Object(resource);
  const virtualMachineProfile = { ...properties.virtualMachineProfile, userData };
  return { ...rest, properties: { ...properties, virtualMachineProfile } };
}

export function getScaleSetInstanceView(world: World, call: Call): Reply {
  return { status: 200, body: scaleSetView(world, findScaleSet(world, call)) };
}
