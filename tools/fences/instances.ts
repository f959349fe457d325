import type { FencedBy } from './fence.ts';

/** I7 and I15: instances that are another machine by now, or left to somebody who looks into them. */
export const INSTANCES: readonly FencedBy[] = [
  {
    name: 'instances that joined get the same actions as the others',
    find: 'return newRow(instance, { batch, direction, actions, updatedAt: now });',
    without: "return newRow(instance, { batch, direction, actions: ['upgrade'], updatedAt: now });",
    test: [
      'orchestrators/joiners.test.ts',
      'what joins while the plan waits for its approval gets what the others get: another administrator',
    ],
  },
  {
    name: 'a new machine under an old id is not taken for the old one',
    find: 'return row.vmId !== undefined && instance?.vmId !== undefined && row.vmId !== instance.vmId;',
    without: 'return row === undefined && instance === undefined;',
    test: [
      'orchestrators/foreign.long.ts',
      'an instance id that Azure gives to a new instance > is brought back by a rollback like every other',
    ],
  },
  {
    name: 'an instance that was seen too long ago is not sent',
    find: 'known.has(row.instanceId)',
    without: 'known.size >= 0',
    test: [
      'orchestrators/sliding-pages.long.ts',
      'sends nobody while the list is too old for the floor, and goes on when there is a new one',
    ],
  },
  {
    name: 'a protection that may still show is not written again',
    find: 'mayStillShow(last, step)',
    without: 'mayStillShow(last, step) && tries.length > 99',
    test: [
      'orchestrators/quarantine.long.ts',
      'protecting an instance > is not written again while a view may still show how it was',
    ],
  },
  {
    name: 'an instance is protected only as it was read',
    test: ['azure/arm.test.ts', 'protects an instance with the ETag that it was read with'],
  },
  {
    name: 'a rollback leaves a quarantined instance alone',
    test: ['orchestrators/quarantine.long.ts', 'is left as it is by a rollback, and listed'],
  },
];
