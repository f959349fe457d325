import { describe, expect, it } from 'vitest';
import { rollsBack, rollsForward, slides } from '../lab/crashes.ts';
import { drawn, drawnSteps, IS_NIGHT } from '../lab/drawn.ts';
import { dieAtCalls, SWEEPS } from '../lab/sweep.ts';

it.each(SWEEPS)('loses nothing wherever the process dies, $name', async (sweep) => {
  const runs = await dieAtCalls(sweep, drawnSteps(`deaths ${sweep.name}`, sweep.steps.long));
  expect(runs).toBeGreaterThanOrEqual(IS_NIGHT ? 50 : 4);
});

/** The first two are tried with every commit: crash.test.ts. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 3);

describe.each(drawn('crashes everywhere', SEEDS))('with crashes everywhere, seed %i', (seed) => {
  it('brings every instance to the new image, once', () => rollsForward(seed));

  it('slides, and still takes nobody down twice', () => slides(seed));

  it('rolls back', () => rollsBack(seed));
});
