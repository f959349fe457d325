import { healthSignalOf, isHealthExtension, isWindows } from '../model/schema.ts';
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
  return {
    placementGroupId: instance.placementGroupId,
    platformUpdateDomain: instance.updateDomain,
    platformFaultDomain: instance.faultDomain,
    ...(state.power === 'deallocated' ? {} : guestView(world, set, instance, state)),
    disks: [disk],
    hyperVGeneration: 'V2',
    statuses: [
      provisioningStatus(world, state.provisioning, state.provisioningTime, state.failure),
      powerStatus(state.power),
      ...(state.hibernated ? [HIBERNATED] : []),
    ],
  };
}

function guestView(world: World, set: ScaleSet, instance: Instance, state: InstanceState): object {
  const model = modelAt(set, state);
  const signal = healthSignalOf(model);
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
  const health = healthView(world, state);
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
