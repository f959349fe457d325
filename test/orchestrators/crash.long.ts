import { expect, it } from 'vitest';
import { drawnSteps, IS_NIGHT } from '../lab/drawn.ts';
import { dieAtCalls, SWEEPS } from '../lab/sweep.ts';

it.each(SWEEPS)('loses nothing wherever the process dies, $name', async (sweep) => {
  const runs = await dieAtCalls(sweep, drawnSteps(`deaths ${sweep.name}`, sweep.steps.long));
  expect(runs).toBeGreaterThanOrEqual(IS_NIGHT ? 50 : 4);
});
