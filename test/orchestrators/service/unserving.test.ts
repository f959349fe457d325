import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { acceptedUpgrades, expectImages, expectSafe } from '../../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

/** Unhealthy on the old image, well on the new one. */
const sick = (...instances: string[]): FaultInput => ({ kind: 'badImage', version: OLD, instances });
const change = { image: { version: NEW } };

/** Time for the probes to see it. */
async function settled(lab: Lab): Promise<Lab> {
  await lab.host.advance(120_000);
  return lab;
}

describe('an instance that does not serve when the plan is made', () => {
  // Feature [Service behaviour that is expected] One unhealthy instance goes first, outside the floor (case 10)
  //   shown by: an instance that does not serve when the plan is made > goes first in a set of 5: ["3"]
  it.each([
    [5, ['3'], {}],
    [5, ['0'], {}],
    [15, ['7', '12'], {}],
    [15, ['14'], { batchBy: 'count', steps: [3], canary: 1 }],
    [10, ['9'], { batchBy: 'steps', steps: [1, '50%', '100%'] }],
    [6, ['5'], { batchBy: 'faultDomain' }],
  ] as const)('goes first in a set of %i: %j', async (count, ids, strategy) => {
    await using lab = await settled(await startLab({ count, faults: [sick(...ids)] }));
    const { body: plan } = await lab.call('POST', '/plans', { scaleSet: WEB, change, strategy });
    expect(plan.batches[0].instances).toEqual(expect.arrayContaining([...ids]));
    expect(plan.warnings.map(({ code }: Body) => code)).toContain('notServing');
    const rollout = await lab.rollOut({ strategy });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expect(acceptedUpgrades(lab.log)[0]).toEqual([...ids]);
    expectImages(lab, NEW);
    expectSafe(lab, { floor: plan.floor });
  });

  it('changes nothing of the plan hash', async () => {
    await using well = await settled(await startLab({ count: 5 }));
    const reviewed = await well.call('POST', '/plans', { scaleSet: WEB, change });
    await using lab = await settled(await startLab({ count: 5, faults: [sick('3')] }));
    const rollout = await lab.rollOut({ planHash: reviewed.body.planHash });
    expect(rollout.phase).toBe('succeeded');
  });

  it('waits behind the gate of the first batch', async () => {
    await using lab = await settled(await startLab({ count: 5, faults: [sick('3')] }));
    const id = await lab.start({ approvals: { before: 'batch' } });
    await lab.until(id, (r) => r.waitingFor?.kind === 'approval');
    expect(acceptedUpgrades(lab.log)).toEqual([]);
    await lab.send(id, 'approve');
    await lab.until(id, (r) => r.waitingFor?.kind === 'approval' && r.waitingFor.batch === 1);
    expect(acceptedUpgrades(lab.log)).toEqual([['3'], ['0']]);
  });

  it('that does not serve afterwards either is no breach of the change', async () => {
    const always: FaultInput = { kind: 'sickInstance', instances: ['7'] };
    await using lab = await settled(await startLab({ faults: [always] }));
    const rollout = await lab.rollOut({ health: { timeoutSeconds: 120 } });
    expect(rollout).toMatchObject({ phase: 'halted', failure: { instances: ['7'] } });
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 12 });
  });

  // Feature [Service behaviour that is expected] Who serves neither before nor after counts against maxUnhealthyInstancePercent (contract)
  it('counts with the others that fail against maxUnhealthyInstancePercent', async () => {
    const faults: FaultInput[] = [
      { kind: 'sickInstance', instances: ['1', '2'] },
      { kind: 'badImage', version: NEW, instances: ['7'] },
    ];
    await using lab = await settled(await startLab({ count: 10, faults }));
    const health = { timeoutSeconds: 120, maxUnhealthyUpgradedInstancePercent: 100 };
    const strategy = { batchBy: 'count', steps: [1], maxUnavailable: 4 };
    const rollout = await lab.rollOut({ health, strategy });
    expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'tooManyUnhealthy' } });
    expect(rollout.failure.instances.toSorted()).toEqual(['1', '2', '7']);
    expect(acceptedUpgrades(lab.log).flat()).not.toContain('8');
  });

  it('and leaves no room with that is told at once', async () => {
    const always: FaultInput = { kind: 'sickInstance', instances: ['3'] };
    await using lab = await settled(await startLab({ count: 5, faults: [always] }));
    const rollout = await lab.rollOut({ health: { timeoutSeconds: 120 } });
    expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'tooManyUnhealthy' } });
    expect((Date.parse(rollout.endedAt) - Date.parse(rollout.createdAt)) / 1000).toBeLessThan(1800);
    expect(rollout.left).toMatchObject({ model: 'after', instances: { before: ['0', '1', '2', '4'] } });
    expectSafe(lab, { floor: 4 });
  });
});

describe('an unhealthy bystander', () => {
  // Feature [Service behaviour that is expected] An undo may always touch what its rollout touched (issue 11)
  it('keeps no undo from what its rollout touched', async () => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    lab.sim.inject({ kind: 'sickInstance', instances: ['3'] });
    await lab.host.advance(60_000);
    await lab.send(id, 'abort');
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
    const undone = await lab.rollOut({ rollbackOf: id, change: undefined });
    expect([undone.phase, undone.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, OLD);
  });

  it('keeps no rollback waiting for ever', async () => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    lab.sim.inject({ kind: 'sickInstance', instances: ['3'] });
    await lab.host.advance(60_000);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expectImages(lab, OLD);
  });
});
