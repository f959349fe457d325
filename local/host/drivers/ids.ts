import { randomUUID } from 'node:crypto';
import type { Ids, Scheduler } from '../ports.ts';

export function randomIds(): Ids {
  return { next: () => randomUUID().replaceAll('-', '') };
}

/** Counted ids that look like random ones, so that runs with one seed are alike to the letter. */
export function countedIds(seed: number): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      return seed.toString(16).padStart(8, '0').slice(-8) + count.toString(16).padStart(24, '0');
    },
  };
}

export const firstComeFirstServed: Scheduler = { pick: () => 0 };

/** Mulberry32: small, fast and the same everywhere. */
export function seededScheduler(seed: number): Scheduler {
  let state = seed >>> 0;
  return {
    pick(count) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = state;
      mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
    },
  };
}
