import { expect, it } from 'vitest';
import { drawnSteps, IS_NIGHT, steps } from '../lab/drawn.ts';
import { dieInQueue } from '../lab/queue-sweep.ts';

it('loses nobody, and nobody goes twice, wherever the process dies', async () => {
  const { from, step } = drawnSteps('deaths in the queue', 1);
  const runs = await dieInQueue((calls) => steps(from, calls, step));
  expect(runs).toBeGreaterThanOrEqual(IS_NIGHT ? 150 : 15);
});
