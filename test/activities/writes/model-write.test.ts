import { describe, expect, it } from 'vitest';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import { atCommit, isIntent } from '../../lab/records.ts';
import { writes } from '../../lab/judge.ts';
import { NEW, OLD } from '../../lab/names.ts';
import { recordOf } from '../support/interference.ts';
import { imageOf } from '../support/seen.ts';
import { changeModel, planned } from '../support/writers.ts';

describe('the model', () => {
  it('of somebody else that comes between look and write is not overwritten', async () => {
    const desk = await planned();
    atCommit(desk.store, async (change, commit) => {
      if (isIntent(change)) await changeModel(desk);
      return commit(change);
    });
    await desk.run(applyModel, 0, 'forward');
    expect(writes(desk.sim.log).map(({ status }) => status)).toEqual([200, 412]);
    expect(imageOf(desk)).toBe(OLD);
  });

  it('with a change of somebody else beside the own one is a conflict', async () => {
    const desk = await planned();
    await desk.run(applyModel, 0, 'forward');
    desk.pass(60);
    await changeModel(desk);
    expect(await desk.until(applyModel, 0, 'forward')).toEqual({ kind: 'redirected', direction: 'stop' });
    expect((await recordOf(desk)).failure?.code).toBe('conflict');
  });

  it('counts as taken only when the set is at rest', async () => {
    const desk = await planned();
    desk.sim.inject({ kind: 'lostAnswer', operation: 'patch' });
    await desk.run(applyModel, 0, 'forward');
    expect(imageOf(desk)).toBe(NEW);
    expect(await desk.until(applyModel, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.sim.scaleSet('web')?.model).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
  });
});
