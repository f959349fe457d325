import { shownInstead } from '../faults/shown.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import { customIdOf, imageReferenceOf } from '../model/schema.ts';
import { withoutSecrets } from '../model/secrets.ts';
import type { Instance, InstanceState } from '../store/instance.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { dataDiskView } from './data-disk.ts';
import { scaleSetId } from './scale-set.ts';

/** Recorded with 2024-07-01, not with 2023-09-01. */
const RESILIENT_SINCE = '2024-07-01';

export interface Shown {
  readonly instance: Instance;
  readonly state: InstanceState;
  /** Of the caller: newer ones show more. */
  readonly apiVersion: string;
}

/** An instance as a resource, from what the views show of it (arm-vmss.md 2.3). */
export function instanceResource(
  world: World,
  set: ScaleSet,
  { instance, state, apiVersion }: Shown,
): object {
  const model = modelAt(set, state);
  return {
    name: `${set.name}_${instance.id}`,
    id: `${scaleSetId(set)}/virtualMachines/${instance.id}`,
    type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
    location: set.location,
    tags: set.model.tags ?? {},
    instanceId: instance.id,
    sku: { name: model.sku.name, tier: model.sku.tier ?? 'Standard' },
    ...(instance.zone === undefined ? {} : { zones: [instance.zone] }),
    properties: {
      ...instanceProperties(world, set, instance, state),
      ...(apiVersion >= RESILIENT_SINCE ? { resilientVMDeletionStatus: 'Disabled' } : {}),
    },
    etag: instanceEtag(state),
  };
}

/** The etag of an instance, a counter of its own; lists show it too (recorded: create_and_modify). */
export function instanceEtag(state: InstanceState): string {
  return etagText(state.etag);
}

export function modelAt(set: ScaleSet, state: InstanceState): ScaleSetModel {
  return set.models.get(state.generation) ?? set.model;
}

/** Prefix and id in base 36, six digits wide (arm-vmss.md 2.3). */
export function computerName(set: ScaleSet, instance: Instance, state: InstanceState): string {
  const prefix =
    modelAt(set, state).properties.virtualMachineProfile.osProfile?.computerNamePrefix ?? set.name;
  return `${prefix}${Number(instance.id).toString(36).toUpperCase().padStart(6, '0')}`;
}

function instanceProperties(world: World, set: ScaleSet, instance: Instance, state: InstanceState): object {
  const model = modelAt(set, state);
  const profile = model.properties.virtualMachineProfile;
  const { computerNamePrefix: _prefix, ...osProfile } = profile.osProfile ?? {};
  const id = `${scaleSetId(set)}/virtualMachines/${instance.id}`;
  return {
    latestModelApplied: state.latestModelApplied,
    modelDefinitionApplied: 'VirtualMachineScaleSet',
    networkProfileConfiguration: profile.networkProfile ?? {},
    provisioningState: shownInstead(world, set, instance, 'provisioning') ?? state.provisioning,
    hardwareProfile: { vmSize: model.sku.name },
    vmId: instance.vmId,
    storageProfile: storageProfileOf(set, state),
    osProfile: { computerName: computerName(set, instance, state), ...withoutSecrets(osProfile) },
    networkProfile: { networkInterfaces: [{ id: `${id}/networkInterfaces/${set.name}Nic` }] },
    ...(state.protection === undefined ? {} : { protectionPolicy: state.protection }),
    ...profileExtras(model),
    ...licenseOf(world, model),
    timeCreated: world.wireTime.date(instance.created),
  };
}

/** Instances name the licence of their model; where that has none, none is shown (all recordings). */
function licenseOf(world: World, model: ScaleSetModel): object {
  const { licenseType } = model.properties.virtualMachineProfile;
  return world.profile.fillsInDefaults && licenseType !== undefined ? { licenseType } : {};
}

/** The disks of an instance, and the image that its OS disk was made from. */
export function storageProfileOf(set: ScaleSet, state: InstanceState): object {
  const model = modelAt(set, state);
  const { diskControllerType } = model.properties.virtualMachineProfile.storageProfile;
  return {
    imageReference: shownImage(model, state),
    osDisk: osDisk(set, model, state),
    dataDisks: state.dataDisks.map((disk) => dataDiskView(disk)),
    ...(diskControllerType === undefined ? {} : { diskControllerType }),
  };
}

/** What Spot and trusted launch add to the instances of a model (recorded: simulate_eviction, create_and_modify). */
function profileExtras(model: ScaleSetModel): object {
  const { priority, evictionPolicy, billingProfile, securityProfile } =
    model.properties.virtualMachineProfile;
  const isSpot = priority === 'Spot';
  return {
    ...(securityProfile === undefined ? {} : { securityProfile }),
    ...(priority === undefined ? {} : { priority }),
    ...(isSpot ? { evictionPolicy: evictionPolicy ?? 'Deallocate' } : {}),
    ...(isSpot ? { billingProfile: billingProfile ?? { maxPrice: -1 } } : {}),
  };
}

/** The model's reference, and what it stood for when the disk was made; an id that says it all stands alone. */
function shownImage(model: ScaleSetModel, state: InstanceState): object {
  const reference = imageReferenceOf(model);
  const id = customIdOf(reference);
  if (id === undefined) return { ...reference, exactVersion: state.exactVersion };
  const version = /\/versions\/([^/]+)$/i.exec(state.exactVersion)?.[1];
  return id === state.exactVersion || version === undefined
    ? reference
    : { ...reference, exactVersion: version };
}

function osDisk(set: ScaleSet, model: ScaleSetModel, state: InstanceState): object {
  const inModel = model.properties.virtualMachineProfile.storageProfile.osDisk;
  const disks = `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}/providers/Microsoft.Compute/disks`;
  return {
    ...inModel,
    name: state.osDisk,
    managedDisk: { ...inModel?.managedDisk, id: `${disks}/${state.osDisk}` },
  };
}
