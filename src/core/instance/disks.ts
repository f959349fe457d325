import { disks } from '../messages/instances.ts';

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

export function isNoWork({ attach, detach }: DiskWork): boolean {
  return attach.length === 0 && detach.length === 0;
}

/** In words, for the event log. */
export function diskWords({ attach, detach }: DiskWork): string {
  return [
    ...attach.map(({ diskId, lun }) => disks.attach(diskId, lun)),
    ...detach.map(({ diskId, lun }) => disks.detach(diskId, lun)),
  ].join(', ');
}
