import { showsDisks } from '../instance/shown-disks.ts';
import type { Action } from './action.ts';

/** Attaches managed disks to an instance and detaches others, while it runs; one instance a request. */
export const dataDisks = {
  takesDown: 'never',
  shows: (instance, { disks }) => disks === undefined || showsDisks(instance, disks),
  // Disks may have been there before, and a late view shows them again.
  proof: 'time',
  newDisk: 'never',
  whileOff: 'works',
  undoneBy: 'inverse',
  byHand: 'disk',
  worksOn: 'disks',
  // Not one that may be about to fail.
  needsWell: true,
  work: () => ({ seconds: 11, spread: 3 }),
} as const satisfies Action;
