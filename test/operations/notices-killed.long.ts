import { expect, it } from 'vitest';
import { drawnSteps, IS_NIGHT, steps, told } from '../lab/drawn.ts';
import { countCalls, dieAndTell } from '../lab/notice-sweep.ts';

it.each(['before', 'after'] as const)('tells all, and nothing else, dying %s any call', async (when) => {
  const calls = await countCalls();
  const { from, step } = drawnSteps(`notices, dying ${when}`, 1);
  let twice = 0;
  const all = told(`notices, dying ${when}`, steps(from, calls, step));
  for (const call of all) twice += await dieAndTell(call, when);
  expect(twice).toBeGreaterThan(IS_NIGHT ? 100 : 10);
});
