import { isObject, type JsonObject } from '../model/json.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import type { DataDisk } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

/** The disks that the model gives to each instance, made anew for this one. */
export function dataDisksOf(world: World, set: ScaleSet, instanceId: string, model = set.model): DataDisk[] {
  return modelDisks(model).map((disk) => {
    const name = `${set.name}_${set.name}_${instanceId}_disk2_${world.random('dataDisks').hex(32)}`;
    return readDisk(disk, name, diskId(set, name));
  });
}

function modelDisks(model: ScaleSetModel): JsonObject[] {
  const { dataDisks } = model.properties.virtualMachineProfile.storageProfile;
  return Array.isArray(dataDisks) ? dataDisks.filter((disk) => isObject(disk)) : [];
}

export function diskId(set: ScaleSet, name: string): string {
  return `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}/providers/Microsoft.Compute/disks/${name}`;
}

/** Reads a disk of a body or a model; what it leaves out is as recorded (arm-vmss.md 5, update_instance_disks). */
export function readDisk(disk: JsonObject, name: string, id: string): DataDisk {
  const managed = isObject(disk['managedDisk']) ? disk['managedDisk'] : {};
  const { lun, caching, createOption, diskSizeGB, deleteOption, writeAcceleratorEnabled } = disk;
  return {
    lun: typeof lun === 'number' ? lun : 0,
    name,
    id,
    caching: typeof caching === 'string' ? caching : 'None',
    createOption: typeof createOption === 'string' ? createOption : 'Attach',
    storageAccountType:
      typeof managed['storageAccountType'] === 'string' ? managed['storageAccountType'] : 'Standard_LRS',
    diskSizeGB: typeof diskSizeGB === 'number' ? diskSizeGB : undefined,
    toBeDetached: false,
    options: {
      ...(typeof deleteOption === 'string' ? { deleteOption } : {}),
      ...(typeof writeAcceleratorEnabled === 'boolean' ? { writeAcceleratorEnabled } : {}),
    },
  };
}

/** A disk that is there before the instance is attached, never made. */
export function attachedDisk(disk: JsonObject, id: string): DataDisk {
  return readDisk({ createOption: 'Attach', ...disk }, id.split('/').at(-1) ?? id, id);
}
