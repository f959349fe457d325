import { expect, it } from 'vitest';
import { survives } from '../lab/schedules.ts';

it.each([
  ['before', 'succeeded'],
  ['after', 'succeeded'],
  ['before', 'rolledBack'],
] as const)('survives its death %s every store call of a look that ends %s', async (when, end) => {
  let calls = 0;
  while ((await survives(when, calls + 1, end)).struck) calls += 1;
  expect(calls).toBeGreaterThan(20);
});
