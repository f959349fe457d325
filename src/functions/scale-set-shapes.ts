import { formatScaleSetId } from '../azure/address.ts';
import type { InstanceResource, ScaleSetAddress } from '../azure/port.ts';
import type { Json, Model } from '../core/model/model.ts';
import { isObject, lookUp, parsePath } from '../core/model/paths.ts';
import { provisioningStateOf } from '../core/model/scale-set.ts';
import { shown, shownView } from '../core/model/secrets.ts';

interface Seen {
  readonly model: Model;
  readonly heldBy: string | undefined;
}

/** A scale set in a list. */
export function scaleSetSummary(address: ScaleSetAddress, { model, heldBy }: Seen) {
  return {
    id: formatScaleSetId(address),
    ...address,
    location: at(model, 'location'),
    zones: at(model, 'zones') ?? [],
    vmSize: at(model, 'sku.name'),
    capacity: at(model, 'sku.capacity'),
    orchestrationMode: at(model, 'orchestrationMode') ?? 'Uniform',
    upgradePolicy: at(model, 'upgradePolicy.mode'),
    image: at(model, 'virtualMachineProfile.storageProfile.imageReference'),
    provisioningState: provisioningStateOf(model),
    heldBy: heldBy ?? null,
  };
}

/** One scale set: what the list shows, and model and instance view as ARM sends them, without secrets. */
export function scaleSetShape(
  address: ScaleSetAddress,
  { etag, instanceView, ...seen }: Seen & { readonly etag: string; readonly instanceView: Model },
) {
  return {
    ...scaleSetSummary(address, seen),
    etag,
    model: shown(seen.model),
    instanceView: shownView(instanceView),
  };
}

/** One instance: where it is, and what a rollout goes by. */
export function instanceSummary({ instance, resource }: InstanceResource) {
  return {
    instanceId: instance.instanceId,
    name: instance.name,
    vmId: at(resource, 'vmId'),
    updateDomain: instance.updateDomain ?? null,
    faultDomain: instance.faultDomain ?? null,
    zone: instance.zone ?? null,
    placementGroup: at(resource, 'instanceView.placementGroupId'),
    vmSize: instance.vmSize ?? null,
    latestModelApplied: instance.latestModelApplied,
    image: instance.image,
    provisioningState: instance.provisioningState,
    power: instance.power ?? null,
    health: instance.health?.state ?? null,
    agent: instance.agent?.state ?? null,
    protection: {
      fromScaleSetActions: instance.isProtected,
      fromScaleIn: at(resource, 'protectionPolicy.protectFromScaleIn') === true,
    },
  };
}

/** One instance: its summary, and VM model and VM instance view as ARM sends them, without secrets. */
export function instanceResourceShape(found: InstanceResource) {
  const { properties, ...rest } = found.resource;
  const { instanceView = null, ...modelProperties } = isObject(properties) ? properties : {};
  return {
    ...instanceSummary(found),
    model: shown({ ...rest, ...(properties !== undefined && { properties: modelProperties }) }),
    instanceView: shownView(instanceView),
  };
}

function at(model: Model, path: string): Json {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? shown(found.value) : null;
}
