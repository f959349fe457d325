import type { Action } from './action.ts';
import { isProvisionedSince } from './provisioned.ts';
import { diskWork } from './work.ts';

/** Gives an instance a new OS disk from the image that its model names. */
export const reimage = {
  path: '/reimage',
  takesDown: 'always',
  shows: isProvisionedSince,
  proof: 'itself',
  newDisk: 'always',
  whileOff: 'works',
  undoneBy: 'itself',
  byHand: 'reimage',
  work: diskWork,
  forced: 'reimage',
  asked: 'reimage',
} as const satisfies Action;
