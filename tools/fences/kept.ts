import type { FencedBy } from './fence.ts';

/** V8: what a purge leaves alone. */
export const KEPT: readonly FencedBy[] = [
  {
    name: 'what runs, and what it undoes, stays',
    test: ['operations/purge-rollouts.test.ts', 'what runs stays, and what it undoes'],
  },
  {
    name: 'the newest snapshot of a set stays',
    test: [
      'operations/purge-rollouts.test.ts',
      'the newest that can be undone stays and is undone, whatever came after it',
    ],
  },
  {
    name: 'whoever left a guard that still stands is not forgotten',
    find: 'ends.guards.every(({ rolloutId }) => rolloutId !== id)',
    without: 'true',
    test: [
      'operations/purge-rollouts.test.ts',
      'whoever left a guard that still stands stays until it is restored',
    ],
  },
  {
    name: 'what is just being purged is not undone in part',
    test: ['operations/purge-rollouts.test.ts', 'what is just being purged is not undone in part'],
  },
  {
    name: 'a rollout that runs keeps its secrets',
    test: [
      'operations/purge-rollouts.test.ts',
      'secrets > of a rollout that runs stay, however long it does',
    ],
  },
  {
    name: 'a start that is under way keeps its secrets',
    test: [
      'operations/purge-rollouts.test.ts',
      'secrets > of a start that died go at the next look, once it can no longer be under way',
    ],
  },
];
