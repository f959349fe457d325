import { describe, it } from 'vitest';
import { drawn } from '../lab/drawn.ts';
import { KINDS, keepsFloor } from '../lab/small-sets.ts';

const COUNTS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Those that the page of features names are tried every day. */
const NAMED: Readonly<Record<string, readonly number[]>> = { updateDomain: [1, 20], zone: [7], steps: [19] };

describe.each(KINDS)('by $batchBy', (strategy) => {
  // Feature [Batches] Floor of small sets: 1 to 20 instances by update domain (Batches, D28)
  //   shown by: by updateDomain > keeps the floor of a set of 20
  // Feature [Batches] Floor of a set of one (Batches)
  //   shown by: by updateDomain > keeps the floor of a set of 1
  // Feature [Batches] Floor of odd sets by zone (Batches)
  //   shown by: by zone > keeps the floor of a set of 7
  // Feature [Batches] Floor of small sets by fault domain, zone, count, percentage and steps (Batches)
  //   shown by: by steps > keeps the floor of a set of 19
  const counts = drawn(`small sets by ${strategy.batchBy}`, COUNTS, {
    always: (count) => NAMED[strategy.batchBy]?.includes(count) === true,
  });
  it.each(counts)('keeps the floor of a set of %i', (count) => keepsFloor(count, strategy));
});
