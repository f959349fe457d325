import { describe, it } from 'vitest';
import { KINDS, keepsFloor } from '../lab/small-sets.ts';

const COUNTS = Array.from({ length: 20 }, (_, index) => index + 1);

describe.each(KINDS)('by $batchBy', (strategy) => {
  it.each(COUNTS)('keeps the floor of a set of %i', (count) => keepsFloor(count, strategy));
});
