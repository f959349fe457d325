import { offStateOf } from '../instance/power.ts';
import type { Action } from './action.ts';

/** Switches an instance off that keeps its hardware, as it was found. */
export const powerOff = {
  path: '/poweroff',
  takesDown: 'always',
  shows: (instance) => offStateOf(instance) !== undefined,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'works',
  undoneBy: 'itself',
  byHand: 'stop',
  work: () => ({ seconds: 20, spread: 8 }),
  asked: 'restart',
  leaves: 'off',
} as const satisfies Action;
