import { describe, expect, it } from 'vitest';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { slideBatches } from '../../../src/activities/steps/slide-batches.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { itemsIn } from '../../lab/records.ts';
import { acceptedUpgrades } from '../../lab/judge.ts';
import { dieAtCommit } from '../support/interference.ts';
import { modelApplied } from '../support/writers.ts';

describe('a failed batch ends the way forward', () => {
  const FAILS = { kind: 'operationFails' as const, code: 'AllocationFailed' };

  it('in the look that shows it', async () => {
    const desk = await modelApplied();
    desk.sim.inject(FAILS);
    await desk.until(upgradeBatch, 0, 'forward');
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
  });

  it('where batches slide, too', async () => {
    const desk = await modelApplied({ pacing: 'sliding' });
    desk.sim.inject(FAILS);
    expect(await desk.until(slideBatches, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
    expect(acceptedUpgrades(desk.sim.log)).toHaveLength(1);
  });

  it('also when the process died over it', async () => {
    const desk = await modelApplied();
    desk.sim.inject(FAILS);
    await desk.until(upgradeBatch, 0, 'forward');
    dieAtCommit(desk, (change) => itemsIn(change, 'rows').some(({ state }) => state === 'failed'));
    await expect(desk.until(settleBatch, 0, 'forward')).rejects.toThrow('died');
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({
      kind: 'redirected',
      direction: 'rollback',
    });
  });
});
