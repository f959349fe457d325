import type { Action } from './action.ts';

/** Starts an instance that is off. */
export const start = {
  path: '/start',
  takesDown: 'never',
  shows: ({ power }) => power === 'running',
  proof: 'itself',
  beginsStopped: true,
  newDisk: 'never',
  whileOff: 'wakes',
  undoneBy: 'itself',
  byHand: 'start',
  work: () => ({ seconds: 8, spread: 2 }),
  asked: 'none',
} as const satisfies Action;
