import { describe, expect, it } from 'vitest';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { openDesk } from '../../lab/desk.ts';
import { NEW } from '../../lab/names.ts';
import { dieAtCommit, recordOf } from '../support/interference.ts';
import { imageOf } from '../support/seen.ts';

const LATER = '22.04.202612120';

describe('a plan is made once', () => {
  it('whatever is published later', async () => {
    const desk = await openDesk({ change: { image: { version: 'latest' } } });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await desk.until(applyModel, 0, 'forward');
    desk.pass(60);
    await desk.run(upgradeBatch, 0, 'forward');
    const before = desk.writes();
    desk.sim.publishImage({ version: LATER });
    await desk.run(planRollout, 0, 'forward');
    expect(await desk.until(upgradeBatch, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before);
    expect(imageOf(desk)).toBe(NEW);
  });

  it('also when the process died over it', async () => {
    const desk = await openDesk({ change: { image: { version: 'latest' } } });
    dieAtCommit(desk, () => true);
    await expect(desk.run(planRollout, 0, 'forward')).rejects.toThrow('died');
    desk.sim.publishImage({ version: LATER });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await desk.until(applyModel, 0, 'forward');
    expect(imageOf(desk)).toBe(NEW);
    expect((await recordOf(desk)).targetImage).toBe(NEW);
  });
});
