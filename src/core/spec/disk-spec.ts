import { z } from 'zod';
import { DISK_ID } from './resource-ids.ts';

export const instanceId = z.string().regex(/^[\w.-]{1,80}$/, 'must be an instance id');
const diskId = z.string().regex(DISK_ID, 'must be the resource id of a managed disk');
const lun = z.int().min(0).max(63);

const attachedDisk = z.strictObject({
  instance: instanceId,
  diskId,
  lun: lun.optional(),
  caching: z.enum(['None', 'ReadOnly', 'ReadWrite']).optional(),
  deleteOption: z.enum(['Delete', 'Detach']).optional(),
  writeAcceleratorEnabled: z.boolean().optional(),
});

const detachedDisk = z
  .strictObject({ instance: instanceId, lun: lun.optional(), diskId: diskId.optional() })
  .refine((entry) => (entry.lun === undefined) !== (entry.diskId === undefined), {
    error: 'needs lun or diskId, and not both',
  });

/** Data disks of single instances, attached and detached while these run. */
export const dataDisks = z
  .strictObject({
    attach: z.array(attachedDisk).min(1).max(1000).optional(),
    detach: z.array(detachedDisk).min(1).max(1000).optional(),
  })
  .superRefine(({ attach, detach }, context) => {
    if (attach === undefined && detach === undefined) {
      context.addIssue({ code: 'custom', path: [], message: 'needs attach or detach' });
    }
    const seen = new Set<string>();
    const once = (list: string, index: number, field: 'lun' | 'diskId', key: string): void => {
      if (seen.has(key)) {
        context.addIssue({ code: 'custom', path: [list, index, field], message: 'is named twice' });
      }
      seen.add(key);
    };
    for (const [list, entries] of Object.entries({ attach: attach ?? [], detach: detach ?? [] })) {
      for (const [index, entry] of entries.entries()) {
        if (entry.diskId !== undefined) once(list, index, 'diskId', entry.diskId.toLowerCase());
        if (entry.lun !== undefined) once(list, index, 'lun', `${list} ${entry.instance} ${entry.lun}`);
      }
    }
  });
