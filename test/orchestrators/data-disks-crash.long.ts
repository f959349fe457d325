import { expect, it } from 'vitest';
import { DISK_SWEEPS, dieWithDisks } from '../lab/disk-sweep.ts';
import { drawnSteps, IS_NIGHT } from '../lab/drawn.ts';

it.each(DISK_SWEEPS)('moves no disk twice wherever the process dies, $name', async (sweep) => {
  const runs = await dieWithDisks(sweep, drawnSteps(`deaths with disks, ${sweep.name}`, 2));
  expect(runs).toBeGreaterThanOrEqual(IS_NIGHT ? 30 : 2);
});
