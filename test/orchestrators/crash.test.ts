import { describe, expect, it } from 'vitest';
import { rollsBack, rollsForward, slides } from '../lab/crashes.ts';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { dieAtCalls, SWEEPS } from '../lab/sweep.ts';
import { NEW, startLab } from '../lab/lab.ts';

describe.each([1, 2])('with crashes everywhere, seed %i', (seed) => {
  // Feature [Guards] Crashes at any step take nobody down twice (Guards)
  //   shown by: with crashes everywhere, seed 1 > brings every instance to the new image, once
  it('brings every instance to the new image, once', () => rollsForward(seed));

  it('slides, and still takes nobody down twice', () => slides(seed));

  it('rolls back', () => rollsBack(seed));
});

it('goes on when the host is started anew at every twentieth step', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  let steps = 0;
  await lab.until(id, (rollout) => {
    steps += 1;
    if (steps % 20 === 0) lab.host.restart();
    return rollout.phase === 'succeeded';
  });
  expectImages(lab, NEW);
  expectSafe(lab);
});

// Feature [Windows] The process may die at any call of the store of a rollout that waits for its windows (issue 17)
//   shown by: loses nothing when the process dies at some store call, from window to window
// Feature [Audit] A process that dies between any two calls of the store leaves an audit that is whole, and tells of each event once (issue 14)
//   shown by: loses nothing when the process dies at some store call, going forward
it.each(SWEEPS)('loses nothing when the process dies at some store call, $name', async (sweep) => {
  expect(await dieAtCalls(sweep, { from: 20, step: sweep.steps.fast })).toBeGreaterThan(0);
});
