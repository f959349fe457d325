import type { Action } from './action.ts';

/** Takes an instance away for good, and lowers the capacity by one. */
export const deleteInstance = {
  path: '/delete',
  takesDown: 'always',
  // What is still there was not deleted.
  shows: () => false,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'works',
  undoneBy: 'person',
  byHand: 'delete-instances',
  work: () => ({ seconds: 20, spread: 6 }),
  asked: 'deallocate',
  leaves: 'none',
} as const satisfies Action;
