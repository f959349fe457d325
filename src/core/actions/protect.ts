import type { Action } from './action.ts';

/** Keeps scale-in and actions of the scale set off an instance, which is left for somebody to look into. */
export const protect = {
  takesDown: 'never',
  shows: ({ isProtected }) => isProtected,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'works',
  undoneBy: 'person',
  byHand: 'update',
  work: () => ({ seconds: 5, spread: 1 }),
  asked: 'none',
  leaves: 'asItWas',
} as const satisfies Action;
