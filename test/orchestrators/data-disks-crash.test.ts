import { expect, it } from 'vitest';
import { DISK_SWEEPS, dieWithDisks } from '../lab/disk-sweep.ts';

// Feature [Change] A disk is never moved twice, wherever the process dies (Change)
//   shown by: moves no disk twice when the process dies at some store call, going forward
it.each(DISK_SWEEPS)('moves no disk twice when the process dies at some store call, $name', async (sweep) => {
  expect(await dieWithDisks(sweep, { from: 2, step: 19 })).toBeGreaterThan(5);
});
