import { describe, expect, it } from 'vitest';
import { changesOf, SET, startLab, type Lab } from './lab.ts';

const repairing = (policy: object = {}): Lab =>
  startLab({
    properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M', ...policy } },
    faults: [{ kind: 'sickInstance', instances: ['3'], fromSeconds: 60 }],
  });

const ids = (lab: Lab): string[] =>
  lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId) ?? [];

const state = (lab: Lab, serviceName: string, action: string): ReturnType<Lab['call']> =>
  lab.call('POST', `${SET}/setOrchestrationServiceState`, { serviceName, action });

describe('automatic repairs (arm-vmss.md 2, 3.1)', () => {
  it('replace an instance that stays unhealthy for the grace period', async () => {
    const lab = repairing();
    lab.pass(650);
    expect(ids(lab)).toEqual(['0', '1', '2', '3', '4']);
    lab.pass(600);
    expect(ids(lab)).toEqual(['0', '1', '2', '4', '5']);
    expect(lab.serving()).toBe(5);
  });

  it('restart or reimage it where the policy says so', async () => {
    const restarting = repairing({ repairAction: 'Restart' });
    restarting.pass(800);
    expect(changesOf(restarting, '3', 'power')).toEqual(['stopping', 'stopped', 'starting', 'running']);
    expect(changesOf(restarting, '3', 'actionStarted')).toHaveLength(1);
    const reimaging = repairing({ repairAction: 'Reimage' });
    reimaging.pass(1000);
    expect(changesOf(reimaging, '3', 'actionStarted')).toHaveLength(1);
    expect(ids(reimaging)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('are suspended and resumed, and the instance view tells', async () => {
    const lab = repairing();
    const service = async (): Promise<unknown> =>
      (await lab.call('GET', `${SET}/instanceView`)).body.orchestrationServices;
    expect(await service()).toEqual([{ serviceName: 'AutomaticRepairs', serviceState: 'Running' }]);
    expect((await state(lab, 'AutomaticRepairs', 'Suspend')).status).toBe(202);
    expect(await service()).toEqual([{ serviceName: 'AutomaticRepairs', serviceState: 'Suspended' }]);
    lab.pass(3600);
    expect(ids(lab)).toContain('3');
    expect((await state(lab, 'AutomaticRepairs', 'Resume')).status).toBe(202);
    lab.pass(1200);
    expect(ids(lab)).not.toContain('3');
  });

  it('refuse unknown services and actions, and sets without the policy', async () => {
    const lab = repairing();
    expect((await state(lab, 'Other', 'Suspend')).status).toBe(400);
    expect((await state(lab, 'AutomaticRepairs', 'Stop')).status).toBe(400);
    expect((await state(startLab(), 'AutomaticRepairs', 'Suspend')).status).toBe(409);
  });

  it('leave protected instances alone', async () => {
    const lab = startLab({
      protectedInstances: ['3'],
      properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
      faults: [{ kind: 'sickInstance', instances: ['3'] }],
    });
    lab.pass(7200);
    expect(ids(lab)).toContain('3');
  });
});
