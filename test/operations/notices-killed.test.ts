import { expect, it } from 'vitest';
import { steps } from '../lab/drawn.ts';
import { countCalls, dieAndTell } from '../lab/notice-sweep.ts';

// Feature [Notices] A process that dies between any two calls of the store loses no notice and makes none up; what is sent twice has the same id (issue 18)
it('tells all that has happened, and each once by its id, wherever the process dies', async () => {
  const calls = await countCalls();
  for (const [index, call] of steps(3, calls, Math.ceil(calls / 3)).entries())
    await dieAndTell(call, index % 2 === 0 ? 'after' : 'before');
  expect(calls).toBeGreaterThan(50);
});
