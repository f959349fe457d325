import { expect, it } from 'vitest';
import { drawnCount } from '../lab/drawn.ts';
import { fuzz, prototypes } from './fuzz/fuzz.ts';

const BODIES = drawnCount(10_000);
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// Feature [Refusals and plans] Bodies of every kind are answered as what they are, with the field's path (done when)
it('answers thousands of bodies, right or wrong, each as what it is', async () => {
  const before = prototypes();
  const tally = await fuzz(BODIES, seed);
  console.log(`how bodies were made, and the status that they got; seed ${seed}`);
  console.table(tally);
  expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(BODIES);
  expect(prototypes()).toEqual(before);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});
