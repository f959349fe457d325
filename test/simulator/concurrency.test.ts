import { describe, expect, it } from 'vitest';
import { overlappingWrites, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { changesOf, imagePatch, NEW, OLD, operationUrl, SET, startLab } from './lab.ts';

describe('two writes to a scale set (arm-vmss.md 5a)', () => {
  it('conflict while the first is being accepted, whatever they are', async () => {
    const lab = startLab();
    await lab.moveModel();
    const [first, second, third] = await Promise.all([
      lab.upgrade('0'),
      lab.upgrade('1'),
      lab.patch({ tags: { a: 'b' } }),
    ]);
    expect([first.status, second.status, third.status]).toEqual([202, 409, 409]);
    expect(second.body.error).toEqual({
      code: 'Conflict',
      message: expect.stringContaining('The request failed due to conflict with a concurrent request.'),
    });
    lab.pass(600);
    expect(upgradesPerInstance(lab.sim.log)).toEqual({ '0': 1 });
    expect(overlappingWrites(lab.sim.log)).toHaveLength(2);
  });

  it('are both accepted when the second waits for the answer to the first', async () => {
    const lab = startLab();
    await lab.moveModel();
    expect((await lab.upgrade('0')).status).toBe(202);
    expect((await lab.upgrade('1')).status).toBe(202);
    lab.pass(600);
    expect(overlappingWrites(lab.sim.log)).toEqual([]);
    expect(upgradesPerInstance(lab.sim.log)).toEqual({ '0': 1, '1': 1 });
  });

  it('conflict for the whole window where the switch says so', async () => {
    const lab = startLab({ profile: { acceptanceEnds: 'window', acceptanceSeconds: [1, 1] } });
    await lab.moveModel();
    await lab.upgrade('0');
    lab.pass(0.9);
    expect((await lab.upgrade('1')).status).toBe(409);
    lab.pass(0.2);
    expect((await lab.upgrade('1')).status).toBe(202);
  });

  it('conflict for the whole window after an answer that was lost', async () => {
    const lab = startLab({
      profile: { acceptanceSeconds: [1, 1] },
      faults: [{ kind: 'lostAnswer', operation: 'manualupgrade' }],
    });
    await lab.moveModel();
    await expect(lab.upgrade('0')).rejects.toThrow(TypeError);
    expect((await lab.upgrade('0')).status).toBe(409);
    expect(overlappingWrites(lab.sim.log)).toHaveLength(1);
    lab.pass(1.1);
    expect((await lab.upgrade('1')).status).toBe(202);
    expect(overlappingWrites(lab.sim.log)).toHaveLength(1);
  });

  it('takes as long to answer as the acceptance takes, where the clock can wait', async () => {
    const waited: number[] = [];
    let time = 0;
    const lab = startLab({
      profile: { acceptanceSeconds: [0.7, 0.7] },
      clock: {
        now: () => time,
        sleep(milliseconds) {
          waited.push(milliseconds);
          time += milliseconds;
          return Promise.resolve();
        },
      },
    });
    await lab.upgrade('0');
    await lab.list();
    expect(waited).toEqual([700]);
  });
});

describe('operations that overlap', () => {
  it('run side by side on different instances', async () => {
    const lab = startLab();
    await lab.moveModel();
    const first = await lab.upgrade('0');
    lab.pass(10);
    const second = await lab.upgrade('1');
    lab.pass(600);
    for (const answer of [first, second]) {
      expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    }
  });

  it.for([
    ['conflict', 409, 'Succeeded'],
    ['preempt', 202, 'Failed'],
  ] as const)(
    'where the switch says %s, the second is %i and the first ends %s',
    async ([overlappingOperations, status, end]) => {
      const lab = startLab({ profile: { overlappingOperations } });
      await lab.moveModel();
      const first = await lab.upgrade('0');
      lab.pass(10);
      expect((await lab.upgrade('1')).status).toBe(status);
      lab.pass(600);
      expect((await lab.call('GET', operationUrl(first))).body.status).toBe(end);
    },
  );

  it('preempt the older one when they share an instance, which is taken down twice', async () => {
    const lab = startLab();
    await lab.moveModel();
    const first = await lab.upgrade('0', '1');
    lab.pass(15);
    const second = await lab.upgrade('1');
    const { body } = await lab.call('GET', operationUrl(first));
    expect(body).toMatchObject({
      status: 'Failed',
      error: {
        code: 'OperationPreempted',
        message: 'Operation execution has been preempted by a more recent operation.',
      },
    });
    lab.pass(600);
    expect((await lab.call('GET', operationUrl(second))).body.status).toBe('Succeeded');
    expect(upgradesPerInstance(lab.sim.log)).toEqual({ '0': 1, '1': 2 });
    expect(lab.serving()).toBe(5);
  });

  it.for([
    ['stops', OLD, 'preempted'],
    ['continues', NEW, undefined],
  ] as const)('a preempted instance %s', async ([preemptedWork, image, outcome]) => {
    const lab = startLab({ profile: { preemptedWork } });
    await lab.moveModel();
    await lab.upgrade('0', '1');
    lab.pass(5);
    await lab.upgrade('1');
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances[0]).toMatchObject({
      image,
      serving: true,
      provisioningState: 'Succeeded',
    });
    expect(lab.sim.log).toContainEqual(
      expect.objectContaining({ instance: '0', change: 'upgradeEnded', outcome: outcome ?? 'succeeded' }),
    );
  });

  it('are preempted by a new model, and instances that finish are outdated at once', async () => {
    const lab = startLab({ profile: { preemptedWork: 'continues' } });
    await lab.moveModel();
    const first = await lab.upgrade('0');
    lab.pass(10);
    await lab.patch(imagePatch({ version: OLD }));
    expect((await lab.call('GET', operationUrl(first))).body.error.code).toBe('OperationPreempted');
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances[0]).toMatchObject({ image: NEW, latestModelApplied: false });
  });
});

describe('an upgrade that is sent before the model write has succeeded (arm-vmss.md 5a, azure-cli#25477)', () => {
  const timing = { modelWrite: [20, 20], slowModelWriteShare: 0 } as const;

  async function tooEarly(upgradeDuringModelWrite: 'oldModel' | 'newModel' | 'conflict') {
    const lab = startLab({ profile: { upgradeDuringModelWrite, timing } });
    await lab.patch(imagePatch({ version: NEW }));
    const answer = await lab.upgrade('0');
    lab.pass(600);
    return { lab, answer };
  }

  it('reaches the old model by default: it succeeds and does nothing', async () => {
    const { lab, answer } = await tooEarly('oldModel');
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    expect(lab.sim.scaleSet('web')?.instances[0]).toMatchObject({ image: OLD, latestModelApplied: false });
  });

  it('reaches the new model, or conflicts, where the switch says so', async () => {
    expect((await tooEarly('newModel')).lab.sim.scaleSet('web')?.instances[0]?.image).toBe(NEW);
    const { answer, lab } = await tooEarly('conflict');
    expect(answer.status).toBe(409);
    expect(changesOf(lab, '0', 'serving')).toEqual([]);
  });
});

describe('throttling (arm-vmss.md 3.6)', () => {
  it('lets 12 writes to a set through, then 4 a minute', async () => {
    const lab = startLab({ profile: { throttling: true } });
    const write = async (): Promise<number> => (await lab.patch({ tags: {} })).status;
    const burst: number[] = [];
    for (let index = 0; index < 13; index += 1) burst.push(await write());
    expect(burst).toEqual([...Array(12).fill(200), 429]);
    lab.pass(60);
    const minute = [await write(), await write(), await write(), await write(), await write()];
    expect(minute).toEqual([200, 200, 200, 200, 429]);
  });

  it('answers 429 with a wait after which the call passes', async () => {
    const lab = startLab({ profile: { throttling: true } });
    for (let index = 0; index < 30; index += 1) expect((await lab.list()).status).toBe(200);
    const refused = await lab.list();
    expect(refused.status).toBe(429);
    expect(refused.body.error).toMatchObject({
      code: 'OperationNotAllowed',
      message:
        'The server rejected the request because too many requests have been received for this subscription.',
      details: [{ code: 'TooManyRequests', target: 'HighCostGetVMScaleSetResource' }],
      innererror: { internalErrorCode: 'TooManyRequestsReceived' },
    });
    lab.pass(Number(refused.headers.get('retry-after')));
    expect((await lab.list()).status).toBe(200);
  });

  it('counts reads of instances for each instance by itself', async () => {
    const lab = startLab({ profile: { throttling: true } });
    const left = async (id: number): Promise<string | undefined> => {
      const { headers } = await lab.call('GET', `${SET}/virtualMachines/${id}`);
      return /GetVMScaleSetVMResource;(\d+)/.exec(
        headers.get('x-ms-ratelimit-remaining-resource') ?? '',
      )?.[1];
    };
    // As in azure-cli's recording test_vmss_vms of 2024-08-26: 35 for instance 0, and a second later 35 for instance 3.
    expect([await left(0), await left(3), await left(0)]).toEqual(['35', '35', '34']);
  });

  it('tells what is left in one header', async () => {
    const lab = startLab({ profile: { throttling: true } });
    const left = (await lab.list()).headers.get('x-ms-ratelimit-remaining-resource');
    expect(left).toBe(
      'Microsoft.Compute/HighCostGetVMScaleSetSubscriptionMaximum;1079,Microsoft.Compute/HighCostGetVMScaleSetResource;29,' +
        'Microsoft.Compute/VMScaleSetVMViewsSubscriptionMaximum;29995',
    );
  });

  it('sustains a poll each four seconds, not more', async () => {
    const lab = startLab({ profile: { throttling: true } });
    const url = operationUrl(await lab.upgrade('0'));
    const polls = async (count: number, everySeconds: number): Promise<number> => {
      let refused = 0;
      for (let index = 0; index < count; index += 1) {
        if ((await lab.call('GET', url)).status === 429) refused += 1;
        lab.pass(everySeconds);
      }
      return refused;
    };
    expect(await polls(200, 4)).toBe(0);
    expect(await polls(100, 1)).toBeGreaterThan(20);
  });
});
