import type { DataDisk } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import { refused } from '../messages/refused.ts';
import type { Model } from '../model/model.ts';
import { isList, isObject, lookUp, parsePath } from '../model/paths.ts';

/** Azure numbers data disks from 0 to this, whatever the size; smaller sizes take fewer (azure-cli#6965). */
export const LAST_LUN = 63;

/** A disk of the model that an instance has not yet got holds its LUN too: the next upgrade brings it. */
export function takenLuns(
  model: Model,
  { dataDisks = [] }: Instance,
  planned: readonly DataDisk[],
): ReadonlyMap<number, string> {
  return new Map([
    ...modelLuns(model).map((lun) => [lun, refused.lunOfModel] as const),
    ...[...dataDisks, ...planned].map(({ lun, diskId }) => [lun, diskId] as const),
  ]);
}

function modelLuns(model: Model): readonly number[] {
  const found = lookUp(model, parsePath('virtualMachineProfile.storageProfile.dataDisks') ?? []);
  const disks = found.kind === 'found' && isList(found.value) ? found.value : [];
  return disks.flatMap((disk) => (isObject(disk) && typeof disk['lun'] === 'number' ? [disk['lun']] : []));
}

export function freeLun(taken: ReadonlyMap<number, string>): number | undefined {
  for (let lun = 0; lun <= LAST_LUN; lun += 1) if (!taken.has(lun)) return lun;
  return undefined;
}
