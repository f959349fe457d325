import { z } from 'zod';
import type { DataDisk as WantedDisk, DiskWork, ShownDisk } from '../core/instance/disks.ts';
import type { Model } from '../core/model/model.ts';
import { part } from './status.ts';

/** One of an instance's data disks in its storage profile. */
export const DataDisk = z.object({
  lun: z.number(),
  createOption: part(z.string()),
  caching: part(z.string()),
  deleteOption: part(z.string()),
  writeAcceleratorEnabled: part(z.boolean()),
  toBeDetached: part(z.boolean()),
  managedDisk: part(z.object({ id: part(z.string()) })),
});

/** `undefined` where there are none; a disk without an id is no managed disk, and keeps its LUN all the same. */
export function disksOf(
  disks: readonly z.infer<typeof DataDisk>[] | undefined,
): readonly ShownDisk[] | undefined {
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
