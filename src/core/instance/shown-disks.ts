import { looks } from '../messages/instances.ts';
import { isSameDisk } from './disks.ts';
import type { DataDisk, DiskWork, ShownDisk } from './disks.ts';
import type { Instance } from './instances.ts';

export function diskOn({ dataDisks = [] }: Instance, diskId: string): ShownDisk | undefined {
  return dataDisks.find((disk) => isSameDisk(disk.diskId, diskId));
}

/** Whether an instance shows all of the work done, each disk at its place. */
export function showsDisks(instance: Instance, { attach, detach }: DiskWork): boolean {
  return (
    attach.every((disk) => isAsWanted(diskOn(instance, disk.diskId), disk)) &&
    detach.every(({ diskId }) => diskOn(instance, diskId) === undefined)
  );
}

/** Only what is asked for counts: what it leaves out is Azure's to choose. */
export function isAsWanted(shown: ShownDisk | undefined, wanted: DataDisk): boolean {
  return (
    shown !== undefined &&
    shown.isLeaving !== true &&
    shown.lun === wanted.lun &&
    (wanted.caching === undefined || shown.caching === undefined || shown.caching === wanted.caching)
  );
}

/** What of the work is still to be sent, by what the instance shows. */
export function workLeft(instance: Instance, { attach, detach }: DiskWork): DiskWork {
  return {
    attach: attach.filter(({ diskId }) => diskOn(instance, diskId) === undefined),
    detach: detach.filter(({ diskId }) => diskOn(instance, diskId) !== undefined),
  };
}

/** Why disks can neither be sent nor count as done: somebody else has put them elsewhere. */
export function misplaced(instance: Instance, { attach }: DiskWork): string {
  const wrong = attach.find((disk) => !isAsWanted(diskOn(instance, disk.diskId), disk));
  const shown = wrong && diskOn(instance, wrong.diskId);
  if (wrong === undefined || shown === undefined) return looks.disksWrong;
  return looks.diskMoved(wrong.diskId, shown.isLeaving === true ? undefined : shown.lun, wrong.lun);
}
