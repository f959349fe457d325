import type { DataDisk as WantedDisk, DiskWork, ShownDisk } from '../core/instance/disks.ts';
import type { Model } from '../core/model/model.ts';
import { flag, number, objectOf, text } from './parts.ts';
import type { Read, Reader } from './parts.ts';

const readParts = objectOf({
  lun: number,
  createOption: text,
  caching: text,
  deleteOption: text,
  writeAcceleratorEnabled: flag,
  toBeDetached: flag,
  managedDisk: objectOf({ id: text }),
});

type DataDisk = Read<typeof readParts> & { readonly lun: number };

/** One of an instance's data disks in its storage profile; without a LUN it is none. */
export const readDataDisk: Reader<DataDisk> = (part) => {
  const disk = readParts(part);
  return disk?.lun === undefined ? undefined : { ...disk, lun: disk.lun };
};

/** `undefined` where there are none; a disk without an id is no managed disk, and keeps its LUN all the same. */
export function disksOf(disks: readonly DataDisk[] | undefined): readonly ShownDisk[] | undefined {
  if (disks === undefined || disks.length === 0) return undefined;
  return disks.map(
    ({ lun, managedDisk, createOption, toBeDetached, caching, deleteOption, writeAcceleratorEnabled }) => ({
      lun,
      diskId: managedDisk?.id ?? '',
      ...(createOption !== 'Attach' && { isOfModel: true as const }),
      ...(toBeDetached === true && { isLeaving: true as const }),
      ...(caching !== undefined && { caching }),
      ...(deleteOption !== undefined && { deleteOption }),
      ...(writeAcceleratorEnabled !== undefined && { writeAcceleratorEnabled }),
    }),
  );
}

export function diskRequest({ attach, detach }: DiskWork): Model {
  return {
    ...(attach.length > 0 && { dataDisksToAttach: attach.map((disk) => wanted(disk)) }),
    ...(detach.length > 0 && { dataDisksToDetach: detach.map(({ diskId }) => ({ diskId })) }),
  };
}

function wanted({ diskId, lun, caching, deleteOption, writeAcceleratorEnabled }: WantedDisk): Model {
  return {
    diskId,
    lun,
    ...(caching !== undefined && { caching }),
    ...(deleteOption !== undefined && { deleteOption }),
    ...(writeAcceleratorEnabled !== undefined && { writeAcceleratorEnabled }),
  };
}
