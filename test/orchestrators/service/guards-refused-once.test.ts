import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { expectImages, modelImage, policyOf } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const NO: FaultInput = { kind: 'accessDenied', operation: 'patch', why: 'policy', count: 1 };
const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };

/** Refuses the next write of the model: the one that gives the policy back. */
async function refusedOnce(lab: Lab, id: string, isNext: (rollout: Body) => boolean): Promise<Body> {
  await lab.until(id, isNext);
  lab.sim.inject(NO);
  return lab.toEnd(id);
}

describe('a guard that Azure refuses to give back once, and then does', () => {
  // Feature [Guards] A guard that Azure refuses to restore once and then restores: the end is as the rollout went (issue 11, kind 7)
  //   shown by: a guard that Azure refuses to give back once, and then does > leaves a rollout that went well succeeded
  it('leaves a rollout that went well succeeded', async () => {
    await using lab = await startLab({ upgradePolicy: { mode: 'Automatic' } });
    const id = await lab.start();
    const rollout = await refusedOnce(lab, id, (r) => r.batch === 4 && r.phase === 'settling');
    expect(policyOf(lab)).toBe('Automatic');
    expect([rollout.phase, rollout.failure, rollout.left]).toEqual(['succeeded', undefined, undefined]);
    expectImages(lab, NEW);
  });

  it('leaves one that went back rolledBack, with what it failed of', async () => {
    await using lab = await startLab({ upgradePolicy: { mode: 'Automatic' }, faults: [BAD] });
    const id = await lab.start();
    await lab.until(id, 'rollingBack');
    const rollout = await refusedOnce(lab, id, (r) => r.instances.rolledBack > 0);
    expect(policyOf(lab)).toBe('Automatic');
    expect([rollout.phase, rollout.failure.code, rollout.left]).toEqual([
      'rolledBack',
      'unhealthyAfterUpgrade',
      undefined,
    ]);
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
  });

  it('and one that stays refused leaves the rollout failed, and names the guard', async () => {
    await using lab = await startLab({ upgradePolicy: { mode: 'Automatic' } });
    const id = await lab.start();
    await lab.until(id, (r) => r.batch === 4 && r.phase === 'settling');
    lab.sim.inject({ ...NO, count: 'always' });
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure.code]).toEqual(['failed', 'refusedByAzure']);
    expect(rollout.left.heldGuards).toMatchObject([{ guard: 'upgradePolicy' }]);
    expect(policyOf(lab)).toBe('Manual');
  });
});
