import { expect, it } from 'vitest';
import { DISK_SWEEPS, dieWithDisks } from '../lab/disk-sweep.ts';

it.each(DISK_SWEEPS)('moves no disk twice wherever the process dies, $name', async (sweep) => {
  expect(await dieWithDisks(sweep, { from: 1, step: 4 })).toBeGreaterThan(30);
});
