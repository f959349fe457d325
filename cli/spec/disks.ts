import { InvalidArgumentError } from 'commander';
import { usage } from '../messages/usage.ts';

export interface AttachedDisk {
  readonly instance: string;
  readonly diskId: string;
  readonly lun?: number;
  readonly caching?: string;
  readonly deleteOption?: string;
  readonly writeAcceleratorEnabled?: boolean;
}

export type DetachedDisk =
  | { readonly instance: string; readonly lun: number }
  | { readonly instance: string; readonly diskId: string };

/** `3=/subscriptions/…/disks/d1@2,caching=ReadOnly`; without the LUN the app takes a free one. */
export function parseAttachedDisk(text: string): AttachedDisk {
  const [disk = '', ...settings] = text.split(',');
  const [, instance, diskId, lun] = /^([\w.-]{1,80})=(\/[^@]+)(?:@(\d{1,2}))?$/.exec(disk) ?? [];
  if (instance === undefined || diskId === undefined) throw new InvalidArgumentError(usage.attachedDisk);
  const how = settings.map((setting) => settingOf(setting));
  return { instance, diskId, ...(lun !== undefined && { lun: Number(lun) }), ...Object.assign({}, ...how) };
}

function settingOf(text: string): Pick<AttachedDisk, 'caching' | 'deleteOption' | 'writeAcceleratorEnabled'> {
  const [, name, value] = /^(caching|deleteOption|writeAcceleratorEnabled)=(\w+)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError(usage.diskSetting);
  if (name !== 'writeAcceleratorEnabled') return { [name]: value };
  if (value !== 'true' && value !== 'false') throw new InvalidArgumentError(usage.diskSetting);
  return { writeAcceleratorEnabled: value === 'true' };
}

/** `3@2`: the disk at LUN 2 of instance 3; `3=/subscriptions/…/disks/d1`: that one, at whichever LUN. */
export function parseDetachedDisk(text: string): DetachedDisk {
  const [, instance, lun, diskId] = /^([\w.-]{1,80})(?:@(\d{1,2})|=(\/[^@,]+))$/.exec(text) ?? [];
  if (instance === undefined) throw new InvalidArgumentError(usage.detachedDisk);
  return lun === undefined ? { instance, diskId: diskId ?? '' } : { instance, lun: Number(lun) };
}
