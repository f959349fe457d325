import type { DataDisk } from '../store/instance.ts';

/** A data disk of an instance (recorded: update_instance_disks). */
export function dataDiskView(disk: DataDisk): object {
  const { lun, name, createOption, caching, storageAccountType, id, diskSizeGB, toBeDetached, options } =
    disk;
  return {
    lun,
    name,
    createOption,
    caching,
    managedDisk: { storageAccountType, id },
    ...(diskSizeGB === undefined ? {} : { diskSizeGB }),
    toBeDetached,
    ...options,
  };
}
