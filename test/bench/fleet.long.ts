import { expect, it } from 'vitest';
import { rollOutFleet } from '../../bench/support/fleet.ts';

// Feature [Load] Twenty sets of two hundred at once throttle nobody, and keep their floors (Issue 19, P5)
it('rolls out over twenty sets of two hundred at once without a throttled request', async () => {
  const fleet = await rollOutFleet({ sets: 20, count: 200, pacing: 'barrier', seed: 5 });
  expect(fleet.throttled).toBe(0);
  expect(fleet.below).toEqual([]);
});
