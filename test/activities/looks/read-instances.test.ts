import { describe, expect, it } from 'vitest';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { acceptedUpgrades } from '../../lab/judge.ts';
import { changeRecord } from '../support/interference.ts';
import { reads } from '../support/seen.ts';
import { modelApplied } from '../support/writers.ts';

describe('a list that lacks an instance', () => {
  it('is read again until no view can lag any more', async () => {
    const desk = await modelApplied();
    await changeRecord(desk, { openBatch: 4 });
    desk.sim.inject({ kind: 'shortList', lacks: ['4'], count: 'always' });
    const own = (): number => reads(desk, 'getInstance');
    const started = desk.ports.clock.now();
    await desk.run(upgradeBatch, 4, 'forward');
    desk.pass(11);
    await desk.run(upgradeBatch, 4, 'forward');
    expect([own(), desk.writes()]).toEqual([0, 1]);
    await desk.until(upgradeBatch, 4, 'forward');
    expect((desk.ports.clock.now() - started) / 1000).toBeGreaterThanOrEqual(30);
    expect(own()).toBe(1);
    expect(acceptedUpgrades(desk.sim.log)).toEqual([['4', '9', '14']]);
  });
});
