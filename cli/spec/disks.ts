import { InvalidArgumentError } from 'commander';
import { usage } from '../messages/usage.ts';

export interface AttachedDisk {
  readonly instance: string;
  readonly diskId: string;
  readonly lun?: number;
}

export interface DetachedDisk {
  readonly instance: string;
  readonly lun: number;
}

/** `3=/subscriptions/…/disks/d1@2`; without the LUN the app takes a free one. */
export function parseAttachedDisk(text: string): AttachedDisk {
  const [, instance, diskId, lun] = /^([\w.-]{1,80})=(\/[^@]+)(?:@(\d{1,2}))?$/.exec(text) ?? [];
  if (instance === undefined || diskId === undefined) throw new InvalidArgumentError(usage.attachedDisk);
  return { instance, diskId, ...(lun !== undefined && { lun: Number(lun) }) };
}

/** `3@2`: the disk at LUN 2 of instance 3. */
export function parseDetachedDisk(text: string): DetachedDisk {
  const [, instance, lun] = /^([\w.-]{1,80})@(\d{1,2})$/.exec(text) ?? [];
  if (instance === undefined || lun === undefined) throw new InvalidArgumentError(usage.detachedDisk);
  return { instance, lun: Number(lun) };
}
