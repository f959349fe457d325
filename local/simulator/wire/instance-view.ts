import { shownInstead } from '../faults/shown.ts';
import { valueAt } from '../model/json.ts';
import { healthSignalOf, isHealthExtension, isWindows, type ScaleSetModel } from '../model/schema.ts';
import type { Instance, InstanceState } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { healthSubstatuses, healthView } from './health.ts';
import { computerName, modelAt } from './instance.ts';
import { agentView, extensionStatus, powerStatus, provisioningStatus, type Status } from './statuses.ts';

/** An extra status; its form is not recorded (arm-vmss.md 3.1). */
const HIBERNATED: Status = {
  code: 'HibernationState/Hibernated',
  level: 'Info',
  displayStatus: 'VM hibernated',
};

/** The instance view of one instance (arm-vmss.md 2.3); update domains are seen only here. */
export function instanceView(world: World, set: ScaleSet, instance: Instance, state: InstanceState): object {
  const disk = {
    name: state.osDisk,
    statuses: [provisioningStatus(world, 'Succeeded', instance.created)],
  };
  const provisioning = shownInstead(world, set, instance, 'provisioning') ?? state.provisioning;
  const showsUpdateDomain = instance.zone === undefined || world.profile.zonalUpdateDomains;
  return {
    placementGroupId: instance.placementGroupId,
    ...(showsUpdateDomain ? { platformUpdateDomain: instance.updateDomain } : {}),
    platformFaultDomain: instance.faultDomain,
    ...(state.power === 'deallocated' ? {} : guestView(world, set, instance, state)),
    disks: [disk],
    hyperVGeneration: 'V2',
    statuses: [
      provisioningStatus(world, provisioning, state.provisioningTime, state.failure),
      powerStatus(shownInstead(world, set, instance, 'power') ?? state.power),
      ...(state.hibernated ? [HIBERNATED] : []),
    ],
  };
}

/** A guest that was made without the agent tells nothing of itself; a load balancer's probe still sees it. */
function isWithoutAgent(world: World, model: ScaleSetModel): boolean {
  const { osProfile } = model.properties.virtualMachineProfile;
  const configurations = [osProfile?.['linuxConfiguration'], osProfile?.['windowsConfiguration']];
  return (
    world.profile.hidesAbsentAgent &&
    configurations.some((configuration) => valueAt(configuration, 'provisionVMAgent') === false)
  );
}

function probedView(world: World, model: ScaleSetModel, state: InstanceState): object {
  const probe = valueAt(model, 'properties.virtualMachineProfile.networkProfile.healthProbe');
  const health = probe === undefined ? undefined : healthView(world, state);
  return health === undefined ? {} : { vmHealth: health };
}

function guestView(world: World, set: ScaleSet, instance: Instance, state: InstanceState): object {
  const model = modelAt(set, state);
  const signal = healthSignalOf(model);
  if (isWithoutAgent(world, model)) return probedView(world, model, state);
  const windows = isWindows(model);
  const extensions = state.extensions.map((extension) => ({
    name: extension.extension.name,
    type: `${extension.extension.properties.publisher}.${extension.extension.properties.type}`,
    typeHandlerVersion: `${extension.extension.properties.typeHandlerVersion ?? '1.0'}.0.0`,
    statuses: [extensionStatus(world, extension)],
    ...(isHealthExtension(extension.extension)
      ? { substatuses: healthSubstatuses(world, state, signal) }
      : {}),
  }));
  const health = healthView(world, state, shownInstead(world, set, instance, 'health'));
  return {
    ...(state.agent === 'ready'
      ? {
          computerName: computerName(set, instance, state),
          osName: windows ? 'Windows Server' : 'ubuntu',
          osVersion: windows ? '10.0' : '22.04',
        }
      : {}),
    vmAgent: agentView(world, state),
    ...(extensions.length > 0 ? { extensions } : {}),
    ...(health === undefined ? {} : { vmHealth: health }),
  };
}
