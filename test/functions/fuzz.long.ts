import { expect, it } from 'vitest';
import { fuzz, prototypes } from './fuzz/fuzz.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// Feature [Refusals and plans] Bodies of every kind are answered as what they are, with the field's path (done when)
it('answers each of 10,000 bodies, right or wrong, as what it is', async () => {
  const before = prototypes();
  const tally = await fuzz(10_000, seed);
  console.log(`how bodies were made, and the status that they got; seed ${seed}`);
  console.table(tally);
  expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(prototypes()).toEqual(before);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});
