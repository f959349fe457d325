import type { Action } from './action.ts';
import { isProvisionedSince } from './provisioned.ts';

/** Restarts an instance where it is. Done for its own sake, it leaves nothing to undo. */
export const restart = {
  path: '/restart',
  takesDown: 'always',
  shows: isProvisionedSince,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'cannot',
  undoneBy: 'person',
  byHand: 'restart',
  work: () => ({ seconds: 30, spread: 8 }),
  forced: 'restart',
  asked: 'restart',
} as const satisfies Action;
