import { describe, expect, it } from 'vitest';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import { parseFault } from '../../local/simulator/faults/schema.ts';
import { changesOf, imagePatch, operationUrl, SET, startLab, type Lab } from './lab.ts';

const ids = (lab: Lab): string[] =>
  lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId) ?? [];
const scale = (lab: Lab, capacity: number): ReturnType<Lab['patch']> => lab.patch({ sku: { capacity } });

describe('events that nobody asked for, as data', () => {
  it('eviction takes instances back as the policy says, at its time', async () => {
    const lab = startLab({ faults: [{ kind: 'eviction', instances: ['1'], atSeconds: 100 }] });
    lab.pass(99);
    expect(lab.serving()).toBe(5);
    lab.pass(200);
    expect(changesOf(lab, '1', 'power')).toContain('deallocated');
    lab.sim.inject({ kind: 'eviction', instances: ['2'], policy: 'Delete' });
    lab.pass(60);
    expect(ids(lab)).toEqual(['0', '1', '3', '4']);
    expect((await lab.call('GET', SET)).body.sku.capacity).toBe(5);
  });

  it('repair replaces, reimages or restarts instances, whatever their health', () => {
    const lab = startLab();
    lab.sim.inject({ kind: 'repair', instances: ['1'] });
    lab.sim.inject({ kind: 'repair', instances: ['2'], action: 'Restart' });
    lab.pass(600);
    expect(ids(lab)).toEqual(['0', '2', '3', '4', '5']);
    expect(changesOf(lab, '2', 'power')).toEqual(['stopping', 'stopped', 'starting', 'running']);
    expect(fewestServing(lab.sim.log)).toBe(3);
    expect(lab.serving()).toBe(5);
  });

  it('autoscale leaves instances that are protected from scale-in; a person does not (arm-vmss.md 3.3)', async () => {
    const byRule = startLab({ protectedInstances: ['4'] });
    byRule.sim.inject({ kind: 'autoscale', change: -2 });
    byRule.pass(120);
    expect(ids(byRule)).toEqual(['0', '1', '4']);
    expect(byRule.sim.log.findLast((entry) => entry.kind === 'model')).toMatchObject({
      by: 'foreign',
      capacity: 3,
    });
    const byHand = startLab({ protectedInstances: ['4'] });
    await scale(byHand, 3);
    byHand.pass(120);
    expect(ids(byHand)).toEqual(['0', '1', '2']);
    const stuck = startLab({ count: 2, protectedInstances: ['0', '1'] });
    stuck.sim.inject({ kind: 'autoscale', change: -1 });
    stuck.pass(120);
    expect(ids(stuck)).toEqual(['0', '1']);
  });

  it('new instances take ids that are free again where ids are reused (arm-vmss.md 3.2)', async () => {
    for (const reusesInstanceIds of [false, true]) {
      const lab = startLab({ profile: { reusesInstanceIds } });
      lab.sim.inject({ kind: 'eviction', instances: ['1'], policy: 'Delete' });
      lab.pass(120);
      await scale(lab, 6);
      lab.pass(300);
      expect(ids(lab).toSorted()).toEqual(
        reusesInstanceIds ? ['0', '1', '2', '3', '4', '5'] : ['0', '2', '3', '4', '5', '6'],
      );
      expect(lab.serving()).toBe(6);
    }
  });

  it('scale-in follows the scale-in policy of the model', async () => {
    const lab = startLab({ properties: { scaleInPolicy: { rules: ['OldestVM'] } } });
    await scale(lab, 3);
    lab.pass(120);
    expect(ids(lab)).toEqual(['2', '3', '4']);
  });

  it('imagePublication adds a version at its time', async () => {
    const version = '22.04.202612090';
    const lab = startLab({ faults: [{ kind: 'imagePublication', version, atSeconds: 100 }] });
    expect((await lab.patch(imagePatch({ version }))).status).toBe(404);
    lab.pass(101);
    expect((await lab.patch(imagePatch({ version }))).status).toBe(200);
  });

  it('clockJump moves the dates of answers and not the pace of things', async () => {
    const lab = startLab({ faults: [{ kind: 'clockJump', seconds: -7200, atSeconds: 100 }] });
    await lab.moveModel();
    const before = (await lab.call('GET', operationUrl(await lab.upgrade('0')))).body.startTime;
    lab.pass(600);
    const after = (await lab.call('GET', operationUrl(await lab.upgrade('1')))).body.startTime;
    expect((Date.parse(after) - Date.parse(before)) / 1000).toBeCloseTo(600 - 7200, 0);
    expect(lab.serving()).toBe(5);
  });

  it('quotaShortage refuses at once, or lets the operation end with AllocationFailed (3.4)', async () => {
    const refusing = startLab({ faults: [{ kind: 'quotaShortage', fromSeconds: 10, untilSeconds: 20 }] });
    expect((await scale(refusing, 6)).status).toBe(200);
    refusing.pass(10);
    const refused = await scale(refusing, 8);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'OperationNotAllowed']);
    expect(refused.body.error.message).toContain('exceeding approved Total Regional Cores quota');
    expect((await scale(refusing, 5)).status).toBe(200);
    refusing.pass(10);
    expect((await scale(refusing, 6)).status).toBe(200);

    const failing = startLab({ faults: [{ kind: 'quotaShortage', shows: 'allocationFailed' }] });
    const write = await scale(failing, 6);
    failing.pass(600);
    expect((await failing.call('GET', operationUrl(write))).body).toMatchObject({
      status: 'Failed',
      error: { code: 'AllocationFailed' },
    });
    expect(ids(failing)).toHaveLength(5);
    await failing.call('POST', `${SET}/deallocate`, { instanceIds: ['0'] });
    failing.pass(300);
    const start = await failing.call('POST', `${SET}/start`, { instanceIds: ['0'] });
    failing.pass(300);
    expect((await failing.call('GET', operationUrl(start))).body.error.code).toBe('AllocationFailed');
    expect(changesOf(failing, '0', 'power').at(-1)).toBe('deallocated');
  });

  it('serviceUnavailable answers 503 to everything for a while', async () => {
    const lab = startLab({
      faults: [{ kind: 'serviceUnavailable', fromSeconds: 10, untilSeconds: 20, retryAfterSeconds: 7 }],
    });
    expect((await lab.list()).status).toBe(200);
    lab.pass(10);
    const answers = [await lab.list(), await lab.upgrade('0'), await lab.call('GET', SET)];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
    lab.pass(10);
    expect((await lab.list()).status).toBe(200);
  });

  it('faults of operations hit the new ones too', async () => {
    const lab = startLab({
      faults: [
        { kind: 'operationFails', operation: 'reimage', instances: ['1'], code: 'OSProvisioningTimedOut' },
        { kind: 'silentlySkips', operation: 'restart', instances: ['2'] },
        { kind: 'operationPreempted', operation: 'instanceRedeploy', afterSeconds: 5 },
      ],
    });
    const endOf = async (path: string, body?: object): Promise<unknown[]> => {
      const answer = await lab.call('POST', `${SET}${path}`, body);
      lab.pass(900);
      const end = await lab.call('GET', operationUrl(answer));
      return [end.body.status, end.body.error?.code];
    };
    expect(await endOf('/reimage')).toEqual(['Failed', 'OSProvisioningTimedOut']);
    expect(await endOf('/restart', { instanceIds: ['2', '3'] })).toEqual(['Succeeded', undefined]);
    expect(await endOf('/virtualMachines/4/redeploy')).toEqual(['Failed', 'OperationPreempted']);
    expect(changesOf(lab, '2', 'actionStarted')).toHaveLength(1);
    expect(changesOf(lab, '3', 'actionStarted')).toHaveLength(2);
  });

  it('is refused where it is not written as the schema says', () => {
    expect(() => parseFault({ kind: 'eviction', instances: [] })).toThrow(/instances/);
    expect(() => parseFault({ kind: 'clockJump', seconds: 1, atSeconds: 1, afterWrites: 1 })).toThrow(
      /not both/,
    );
  });
});

describe('PUT and other writes count like PATCH', () => {
  it('conflict while another write is being accepted', async () => {
    const lab = startLab();
    const [first, second] = await Promise.all([
      lab.call('PUT', SET, { location: 'westeurope', tags: { a: 'b' } }),
      lab.call('POST', `${SET}/restart`, { instanceIds: ['0'] }),
    ]);
    expect([first.status, second.status]).toEqual([200, 409]);
  });

  it('are refused with the eleventh model (5a)', async () => {
    const lab = startLab({ count: 12 });
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const properties = { publisher: 'P', type: 'T', typeHandlerVersion: '1.0', forceUpdateTag: `${index}` };
      const write = await lab.call('PUT', `${SET}/extensions/app`, { properties });
      statuses.push(write.status);
      lab.pass(60);
      await lab.upgrade(String(index));
      lab.pass(600);
    }
    expect(statuses).toEqual([201, 200, 200, 200, 200, 200, 200, 200, 200, 409]);
  });
});
