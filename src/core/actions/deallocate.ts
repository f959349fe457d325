import type { Action } from './action.ts';

/** Switches an instance off and releases its hardware: a new size may need other hardware. */
export const deallocate = {
  path: '/deallocate',
  takesDown: 'always',
  shows: ({ power }) => power === 'deallocated',
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'needless',
  undoneBy: 'itself',
  byHand: 'deallocate',
  work: () => ({ seconds: 30, spread: 12 }),
  asked: 'deallocate',
  leaves: 'off',
} as const satisfies Action;
