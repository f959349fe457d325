import { describe, expect, it } from 'vitest';
import { FaultError, parseFault, type FaultInput } from '../../local/simulator/faults/schema.ts';
import { imagesNow, modelNow, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { changesOf, imagePatch, NEW, OLD, operationUrl, SET, startLab, START, type Lab } from './lab.ts';

async function rollAll(lab: Lab): Promise<void> {
  await lab.moveModel();
  await lab.upgrade('*');
  lab.pass(600);
}

const healthOf = (lab: Lab, id: string): unknown =>
  lab.sim.scaleSet('web')?.instances.find((instance) => instance.instanceId === id)?.health;

describe('answers that go wrong', () => {
  it('lostAnswer: the write was accepted, the client gets a network error', async () => {
    const lab = startLab({ faults: [{ kind: 'lostAnswer', operation: 'manualupgrade' }] });
    await lab.moveModel();
    await expect(lab.upgrade('0')).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNRESET' },
    });
    lab.pass(600);
    expect(imagesNow(lab.sim.log)['0']).toBe(NEW);
    expect(lab.sim.log).toContainEqual(expect.objectContaining({ kind: 'answer', delivered: false }));
  });

  it('lostAnswer of a PATCH: the model was taken', async () => {
    const lab = startLab({ faults: [{ kind: 'lostAnswer', operation: 'patch' }] });
    await expect(lab.patch(imagePatch({ version: NEW }))).rejects.toThrow('fetch failed');
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
  });

  it('lostAnswer as a 504: the write was accepted all the same', async () => {
    const lab = startLab({ faults: [{ kind: 'lostAnswer', operation: 'patch', status: 504 }] });
    expect((await lab.patch(imagePatch({ version: NEW }))).status).toBe(504);
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
  });

  it('delayedAnswer: ends early for a client that gives up', async () => {
    const lab = startLab({
      faults: [{ kind: 'delayedAnswer', operation: 'getScaleSet', delayMilliseconds: 60_000 }],
    });
    const signal = AbortSignal.timeout(20);
    const request = new Request(`https://management.azure.com${SET}?api-version=1`, { signal });
    await expect(lab.sim.fetch(request)).rejects.toThrow();
  });

  it('delayedAnswer: accepted at once, answered after real milliseconds', async () => {
    const lab = startLab({
      faults: [{ kind: 'delayedAnswer', operation: 'manualupgrade', delayMilliseconds: 80 }],
    });
    await lab.moveModel();
    const began = performance.now();
    const answer = lab.upgrade('0');
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(lab.sim.log.some((entry) => entry.kind === 'request' && entry.operation === 'manualupgrade')).toBe(
      true,
    );
    expect((await answer).status).toBe(202);
    expect(performance.now() - began).toBeGreaterThan(75);
  });

  it('serverError: refused before anything happened, the n-th time only', async () => {
    const lab = startLab({
      faults: [
        { kind: 'serverError', operation: 'patch', nth: 2, count: 2, status: 503, retryAfterSeconds: 7 },
      ],
    });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1)
      statuses.push((await lab.patch({ tags: { index: `${index}` } })).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(lab.sim.log.filter((entry) => entry.kind === 'model' && entry.by === 'request')).toHaveLength(2);
  });

  it('throttle: 429 with the given Retry-After, or with none', async () => {
    const lab = startLab({
      faults: [
        { kind: 'throttle', operation: ['listInstances', 'poll'], nth: 2, retryAfterSeconds: 33 },
        { kind: 'throttle', operation: 'patch' },
      ],
    });
    expect((await lab.list()).status).toBe(200);
    const refused = await lab.list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '33']);
    const write = await lab.patch({ tags: {} });
    expect([write.status, write.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('unreachable: nothing gets through for a while', async () => {
    const lab = startLab({ faults: [{ kind: 'unreachable', fromSeconds: 10, untilSeconds: 20 }] });
    expect((await lab.list()).status).toBe(200);
    lab.pass(10);
    await expect(lab.list()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    lab.pass(10);
    expect((await lab.list()).status).toBe(200);
    expect(lab.sim.log).toContainEqual(expect.objectContaining({ kind: 'request', status: null }));
  });

  it('hits only calls that name certain instances, in a period, on a set', async () => {
    const lab = startLab({
      faults: [
        {
          kind: 'serverError',
          operation: 'manualupgrade',
          onInstances: ['3'],
          count: 'always',
          untilSeconds: 100,
        },
        { kind: 'serverError', scaleSet: 'other', count: 'always' },
      ],
    });
    expect((await lab.upgrade('1')).status).toBe(202);
    expect((await lab.upgrade('2', '3')).status).toBe(500);
    expect((await lab.upgrade('*')).status).toBe(500);
    lab.pass(100);
    expect((await lab.upgrade('3')).status).toBe(202);
  });
});

describe('operations that go wrong', () => {
  it('operationFails: some instances fail, changed, with the code in views and operation', async () => {
    const lab = startLab({
      faults: [
        { kind: 'operationFails', instances: ['1'], code: 'VMExtensionProvisioningError', message: 'exit 1' },
      ],
    });
    await lab.moveModel();
    const answer = await lab.upgrade('0', '1');
    lab.pass(600);
    const { body } = await lab.call('GET', operationUrl(answer));
    expect(body).toMatchObject({
      status: 'Failed',
      error: { code: 'VMExtensionProvisioningError', message: 'exit 1' },
    });
    expect(imagesNow(lab.sim.log)).toMatchObject({ '0': NEW, '1': NEW, '2': OLD });
    const view = await lab.view('1');
    expect(view.body.statuses[0]).toMatchObject({
      code: 'ProvisioningState/failed/VMExtensionProvisioningError',
      level: 'Error',
      displayStatus: 'Provisioning failed',
    });
    const { body: summary } = await lab.call('GET', `${SET}/instanceView`);
    expect(summary.virtualMachine.statusesSummary).toContainEqual({
      code: 'ProvisioningState/failed/VMExtensionProvisioningError',
      count: 1,
    });
  });

  it('operationFails: another attempt brings the instance round', async () => {
    const lab = startLab({ faults: [{ kind: 'operationFails', code: 'AllocationFailed', changed: false }] });
    await lab.moveModel();
    await lab.upgrade('0');
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances[0]).toMatchObject({
      image: OLD,
      provisioningState: 'Failed',
      latestModelApplied: false,
    });
    await lab.upgrade('0');
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances[0]).toMatchObject({
      image: NEW,
      provisioningState: 'Succeeded',
      serving: true,
    });
  });

  it('operationFails on a PATCH: the model is taken all the same', async () => {
    const lab = startLab({
      faults: [{ kind: 'operationFails', operation: 'patch', code: 'InternalExecutionError' }],
    });
    const answer = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(60);
    expect((await lab.call('GET', operationUrl(answer))).body.error.code).toBe('InternalExecutionError');
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Failed');
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
  });

  it('operationPreempted: as if a newer operation had come', async () => {
    const lab = startLab({
      faults: [{ kind: 'operationPreempted', afterSeconds: 6 }],
      profile: { preemptedWork: 'stops' },
    });
    await lab.moveModel();
    const answer = await lab.upgrade('0', '1');
    lab.pass(5);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('InProgress');
    lab.pass(2);
    expect((await lab.call('GET', operationUrl(answer))).body.error.code).toBe('OperationPreempted');
    lab.pass(600);
    expect(lab.serving()).toBe(5);
    expect(imagesNow(lab.sim.log)['0']).toBe(OLD);
  });

  it('silentlySkips: succeeded, yet some instances were never touched', async () => {
    const lab = startLab({ faults: [{ kind: 'silentlySkips', instances: ['1'] }] });
    await lab.moveModel();
    const answer = await lab.upgrade('0', '1');
    lab.pass(600);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    expect(upgradesPerInstance(lab.sim.log)).toEqual({ '0': 1 });
    expect(lab.sim.scaleSet('web')?.instances[1]?.latestModelApplied).toBe(false);
  });
});

describe('instances that go wrong', () => {
  it('badImage: instances never get healthy on that version, those of some domains only', async () => {
    const lab = startLab({ faults: [{ kind: 'badImage', version: NEW, updateDomains: [2] }] });
    expect(lab.serving()).toBe(5);
    await rollAll(lab);
    expect(['1', '2', '3'].map((id) => healthOf(lab, id))).toEqual(['healthy', 'unhealthy', 'healthy']);
    const { body } = await lab.view('2');
    expect(body.vmHealth.status).toMatchObject({
      code: 'HealthState/unhealthy',
      level: 'Error',
      displayStatus: 'The VM is reporting itself as unhealthy or is unreachable',
    });
    await lab.moveModel(OLD);
    await lab.upgrade('2');
    lab.pass(600);
    expect(healthOf(lab, '2')).toBe('healthy');
  });

  it('badImage: seems well for a while first', async () => {
    const lab = startLab({ faults: [{ kind: 'badImage', version: NEW, afterSeconds: 120 }] });
    await lab.moveModel();
    await lab.upgrade('2');
    lab.pass(900);
    expect(changesOf(lab, '2', 'serving')).toEqual([false, true, false]);
  });

  it('badImage without a health signal: the agent never reports', async () => {
    const lab = startLab({
      healthExtension: false,
      faults: [{ kind: 'badImage', version: NEW, effect: 'agentNotReady' }],
    });
    await rollAll(lab);
    expect(lab.serving()).toBe(0);
    expect((await lab.view('0')).body.vmAgent.statuses[0].displayStatus).toBe('Not Ready');
  });

  it('sickInstance: from a time to a time, by itself', async () => {
    const lab = startLab({
      faults: [{ kind: 'sickInstance', instances: ['1'], fromSeconds: 30, untilSeconds: 60 }],
    });
    const seen: unknown[] = [];
    for (let step = 0; step < 3; step += 1) {
      seen.push(healthOf(lab, '1'));
      lab.pass(30);
    }
    expect(seen).toEqual(['healthy', 'unhealthy', 'healthy']);
  });

  it('flappingHealth: up and down with its period', async () => {
    const lab = startLab({
      faults: [{ kind: 'flappingHealth', instances: ['1'], periodSeconds: 10, untilSeconds: 35 }],
    });
    lab.pass(100);
    const flips = lab.sim.log.flatMap((entry) =>
      entry.kind === 'instance' && entry.change === 'serving' ? [(entry.time - START) / 1000] : [],
    );
    expect(flips).toEqual([0, 10, 20, 30]);
    expect(lab.serving()).toBe(5);
  });

  it('slowInstance: takes its time', async () => {
    const lab = startLab({ faults: [{ kind: 'slowInstance', instances: ['1'], factor: 20 }] });
    await lab.moveModel();
    const answer = await lab.upgrade('0', '1');
    lab.pass(400);
    expect(lab.sim.scaleSet('web')?.instances[0]?.serving).toBe(true);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('InProgress');
    lab.pass(10_000);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
  });

  it('staleFailure: old on instance, set and model writes, until the instance is upgraded again (azure-cli#33307)', async () => {
    const lab = startLab({
      faults: [{ kind: 'staleFailure', instances: ['1'], onScaleSet: true, ageSeconds: 3600 }],
    });
    const { body: view } = await lab.view('1');
    expect(view.statuses[0].code).toBe('ProvisioningState/failed/VMExtensionProvisioningError');
    expect(START - Date.parse(view.statuses[0].time)).toBe(3_600_000);
    expect(lab.serving()).toBe(5);
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Failed');

    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(60);
    const ended = await lab.call('GET', operationUrl(write));
    expect([ended.body.status, ended.body.error.code]).toEqual(['Failed', 'VMExtensionProvisioningError']);
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
    const { body: setView } = await lab.call('GET', `${SET}/instanceView`);
    expect(START - Date.parse(setView.statuses[0].time)).toBe(3_600_000);

    await lab.upgrade('1');
    lab.pass(600);
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Succeeded');
    expect((await lab.view('1')).body.statuses[0].code).toBe('ProvisioningState/succeeded');
    const next = await lab.patch({ tags: {} });
    lab.pass(60);
    expect((await lab.call('GET', operationUrl(next))).body.status).toBe('Succeeded');
  });

  it('viewLag: for some instances and some time', async () => {
    const lab = startLab({
      faults: [{ kind: 'viewLag', instances: ['1'], lagSeconds: [90, 90], untilSeconds: 100 }],
    });
    await lab.patch(imagePatch({ version: NEW }));
    const applied = async (id: string): Promise<boolean> =>
      (await lab.call('GET', `${SET}/virtualMachines/${id}`)).body.properties.latestModelApplied;
    expect([await applied('0'), await applied('1')]).toEqual([false, true]);
    lab.pass(91);
    expect(await applied('1')).toBe(false);
  });
});

describe('other people', () => {
  it('foreignModel: at a moment', async () => {
    const lab = startLab({
      faults: [{ kind: 'foreignModel', atSeconds: 30, patch: { sku: { name: 'Standard_D4s_v5' } } }],
    });
    lab.pass(29);
    expect(modelNow(lab.sim.log)).toMatchObject({ by: 'creation', vmSize: 'Standard_D2s_v5' });
    lab.pass(2);
    expect(modelNow(lab.sim.log)).toMatchObject({
      by: 'foreign',
      vmSize: 'Standard_D4s_v5',
      generation: 2,
      etag: '"2"',
    });
  });

  it('foreignCapacity: after the n-th accepted write, out and in', async () => {
    const lab = startLab({
      faults: [
        { kind: 'foreignCapacity', afterWrites: 2, change: 3 },
        { kind: 'foreignCapacity', atSeconds: 1000, change: -4 },
      ],
    });
    await lab.moveModel();
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(5);
    await lab.upgrade('0');
    lab.pass(400);
    expect(
      lab.sim
        .scaleSet('web')
        ?.instances.slice(5)
        .map(({ image }) => image),
    ).toEqual([NEW, NEW, NEW]);
    lab.pass(900);
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  it('foreignUpgrade: everything at once (kubernetes#71594)', async () => {
    const lab = startLab({ faults: [{ kind: 'foreignUpgrade', atSeconds: 100 }] });
    await lab.moveModel();
    lab.pass(60);
    expect(lab.serving()).toBe(0);
  });
});

describe('a fault that is written wrongly', () => {
  it.for([
    [{ kind: 'lostAnswr' }, 'kind'],
    [{ kind: 'lostAnswer', operaton: 'patch' }, 'operaton'],
    [{ kind: 'sickInstance', instances: [] }, 'instances'],
    [{ kind: 'delayedAnswer' }, 'delayMilliseconds'],
    [{ kind: 'foreignCapacity', atSeconds: 1, afterWrites: 1, change: 1 }, 'not both'],
  ] as const)('%j is refused, naming %s', ([fault, word]) => {
    expect(() => parseFault(fault)).toThrow(FaultError);
    expect(() => parseFault(fault)).toThrow(word);
  });

  it('may come later, and takes effect at once', () => {
    const lab = startLab();
    const fault: FaultInput = { kind: 'sickInstance', instances: ['4'] };
    expect(lab.sim.inject(fault)).toBe('sickInstance-1');
    lab.sim.advance();
    expect(lab.serving()).toBe(4);
  });
});
