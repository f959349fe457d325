import type { Instance } from './instances.ts';
import type { Operation } from './operation.ts';

/** A managed disk at its place on an instance; names are those of Azure's own attach request. */
export interface DataDisk {
  readonly diskId: string;
  readonly lun: number;
  readonly caching?: string;
  readonly deleteOption?: string;
  readonly writeAcceleratorEnabled?: boolean;
}

/** A data disk as the service shows it on an instance. */
export interface ShownDisk extends DataDisk {
  /** Made with the instance from the scale set's model, not attached by anybody. */
  readonly isOfModel?: true;
  /** On its way off. */
  readonly isLeaving?: true;
}

/** What is attached to one instance and detached from it, in one write. */
export interface DiskWork {
  readonly attach: readonly DataDisk[];
  readonly detach: readonly DataDisk[];
}

export interface InstanceDisks extends DiskWork {
  readonly instance: string;
}

export function inverseWork({ attach, detach }: DiskWork): DiskWork {
  return { attach: detach, detach: attach };
}

/** Resource ids do not care about case. */
export function isSameDisk(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

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

export function isNoWork({ attach, detach }: DiskWork): boolean {
  return attach.length === 0 && detach.length === 0;
}

/** Why disks can neither be sent nor count as done: somebody else has put them elsewhere. */
export function misplaced(instance: Instance, { attach }: DiskWork): string {
  const wrong = attach.find((disk) => !isAsWanted(diskOn(instance, disk.diskId), disk));
  const shown = wrong && diskOn(instance, wrong.diskId);
  if (wrong === undefined || shown === undefined) return 'its data disks are not as they should be';
  const state = shown.isLeaving === true ? 'is on its way off' : `is at LUN ${shown.lun}`;
  return `disk ${wrong.diskId} ${state}, and was to be attached at LUN ${wrong.lun}`;
}

/** In words, for the event log. */
export function diskWords({ attach, detach }: DiskWork): string {
  return [
    ...attach.map(({ diskId, lun }) => `attach ${diskId} at LUN ${lun}`),
    ...detach.map(({ diskId, lun }) => `detach ${diskId} from LUN ${lun}`),
  ].join(', ');
}

/** Writes of disks to this instance that may have reached Azure, in the order of their keys. */
export function diskWrites(operations: readonly Operation[], instanceId: string): readonly Operation[] {
  return operations.filter(
    ({ action, instances, status }) =>
      action === 'dataDisks' &&
      instances.includes(instanceId) &&
      status !== 'withheld' &&
      status !== 'refused',
  );
}

/**
 * Milliseconds since the epoch until which a view of this instance may still show its disks as they were before our
 * latest write to them.
 */
export function viewTrustedAt(
  operations: readonly Operation[],
  instanceId: string,
  viewLagSeconds: number,
): number {
  const ends = diskWrites(operations, instanceId).map(({ endedAt, intendedAt }) =>
    Date.parse(endedAt ?? intendedAt),
  );
  return Math.max(0, ...ends) + (ends.length === 0 ? 0 : viewLagSeconds * 1000);
}
