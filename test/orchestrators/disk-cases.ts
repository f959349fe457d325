import { attachBefore, diskId } from '../lab/disks.ts';
import type { RefusalCase } from './refusal-cases.ts';

const attach = (instance: string, name: string, lun?: number): object => ({
  change: { dataDisks: { attach: [{ instance, diskId: diskId(name), ...(lun !== undefined && { lun }) }] } },
});

/** What planning refuses of data disks of single instances. */
export const DISKS: readonly RefusalCase[] = [
  {
    code: 'unknownInstance',
    when: 'a disk is for an instance that is not there',
    spec: attach('77', 'd1'),
    path: 'change.dataDisks.attach.0.instance',
    remedy: /instances that the scale set has/,
  },
  {
    code: 'instanceProtected',
    when: 'a disk is for a protected instance',
    set: { protectedInstances: ['3'] },
    spec: attach('3', 'd1'),
    path: 'change.dataDisks.attach.0.instance',
    remedy: /protectFromScaleSetActions/,
  },
  {
    code: 'diskInUse',
    when: 'another instance has the disk',
    async prepare(lab) {
      await attachBefore(lab, '2', [{ name: 'd1', lun: 0 }]);
      return undefined;
    },
    spec: attach('3', 'd1'),
    path: 'change.dataDisks.attach.0.diskId',
    remedy: /detach it there/,
  },
  {
    code: 'lunTaken',
    when: 'another disk is at the LUN',
    async prepare(lab) {
      await attachBefore(lab, '3', [{ name: 'd0', lun: 2 }]);
      return undefined;
    },
    spec: attach('3', 'd1', 2),
    path: 'change.dataDisks.attach.0.lun',
    remedy: /leave "lun" out/,
  },
  {
    code: 'noFreeLun',
    when: 'the instance has all the disks that it can have',
    async prepare(lab) {
      const all = Array.from({ length: 64 }, (_, lun) => ({ name: `d${lun}`, lun }));
      await attachBefore(lab, '3', all);
      return undefined;
    },
    spec: attach('3', 'more'),
    path: 'change.dataDisks.attach.0',
    remedy: /detach/,
  },
  {
    code: 'pathNotFound',
    when: 'no disk is at the LUN that is to be detached',
    spec: { change: { dataDisks: { detach: [{ instance: '3', lun: 2 }] } } },
    path: 'change.dataDisks.detach.0.lun',
    remedy: /storage profile/,
  },
];
