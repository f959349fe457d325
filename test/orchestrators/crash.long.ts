import { expect, it } from 'vitest';
import { dieAtCalls, SWEEPS } from '../lab/sweep.ts';

it.each(SWEEPS)('loses nothing wherever the process dies, $name', async (sweep) => {
  expect(await dieAtCalls(sweep, { from: 1, step: sweep.steps.long })).toBeGreaterThan(50);
});
