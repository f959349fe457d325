import type { Action } from './action.ts';
import { isProvisionedSince } from './provisioned.ts';

/** Moves an instance to other hardware. Done for its own sake, it leaves nothing to undo. */
export const redeploy = {
  path: '/redeploy',
  takesDown: 'always',
  shows: isProvisionedSince,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'cannot',
  undoneBy: 'person',
  byHand: 'redeploy',
  work: () => ({ seconds: 90, spread: 20 }),
  forced: 'restart',
  asked: 'restart',
} as const satisfies Action;
