import { describe, expect, it } from 'vitest';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import { imagePatch, NEW, OLD, operationUrl, SET, startLab, type Lab, type LabOptions } from './lab.ts';

const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};

const rolling = (policy: object = {}, more: LabOptions = {}): Lab =>
  startLab({ count: 10, upgradePolicy: { mode: 'Rolling', rollingUpgradePolicy: policy }, ...more });

const latest = async (lab: Lab): Promise<ReturnType<typeof JSON.parse>> =>
  (await lab.call('GET', `${SET}/rollingUpgrades/latest`)).body;

/** The upgrades that ran side by side, in order. */
function batchesOf(lab: Lab): string[][] {
  const batches = new Map<number, string[]>();
  let last = Number.NEGATIVE_INFINITY;
  for (const entry of lab.sim.log) {
    if (entry.kind !== 'instance' || entry.change !== 'upgradeStarted') continue;
    if (entry.time - last > 30_000) last = entry.time;
    batches.set(last, [...(batches.get(last) ?? []), entry.instance]);
  }
  return [...batches.values()].map((ids) => ids.sort());
}

const images = (lab: Lab): string[] => lab.sim.scaleSet('web')?.instances.map(({ image }) => image) ?? [];

describe('mode Rolling (arm-vmss.md 3.3)', () => {
  it('shows the defaults of its policy (2.3)', async () => {
    const lab = rolling();
    const { body } = await lab.call('GET', SET);
    expect(body.properties.upgradePolicy.rollingUpgradePolicy).toEqual({
      maxBatchInstancePercent: 20,
      maxUnhealthyInstancePercent: 20,
      maxUnhealthyUpgradedInstancePercent: 20,
      pauseTimeBetweenBatches: 'PT0S',
      maxSurge: false,
      rollbackFailedInstancesOnPolicyBreach: false,
    });
  });

  it('brings a new model to the set in batches of at most the policy, one update domain at a time', async () => {
    const lab = rolling();
    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(120);
    expect((await latest(lab)).properties.runningStatus.code).toBe('RollingForward');
    expect((await lab.call('GET', operationUrl(write))).body.status).toBe('InProgress');
    lab.pass(3600);
    expect(batchesOf(lab)).toEqual([
      ['0', '5'],
      ['1', '6'],
      ['2', '7'],
      ['3', '8'],
      ['4', '9'],
    ]);
    expect(new Set(images(lab))).toEqual(new Set([NEW]));
    expect(fewestServing(lab.sim.log)).toBe(8);
    expect((await lab.call('GET', operationUrl(write))).body.status).toBe('Succeeded');
    expect((await latest(lab)).properties).toMatchObject({
      runningStatus: { code: 'Completed', lastAction: 'Start' },
      progress: {
        successfulInstanceCount: 10,
        failedInstanceCount: 0,
        inProgressInstanceCount: 0,
        pendingInstanceCount: 0,
      },
    });
  });

  it('moves the etag with each batch', async () => {
    const lab = rolling();
    const before = Number(JSON.parse((await lab.call('GET', SET)).body.etag));
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(3600);
    expect(Number(JSON.parse((await lab.call('GET', SET)).body.etag))).toBe(before + 1 + 5);
  });

  it('pauses between batches as long as it says', async () => {
    const seconds = async (pauseTimeBetweenBatches: string): Promise<number> => {
      const lab = rolling({ pauseTimeBetweenBatches, maxBatchInstancePercent: 50 }, { count: 2 });
      await lab.patch(imagePatch({ version: NEW }));
      lab.pass(7200);
      const { startTime } = (await latest(lab)).properties.runningStatus;
      const end = lab.sim.log.findLast((entry) => entry.kind === 'operation' && entry.operation === 'patch');
      return ((end?.time ?? 0) - Date.parse(startTime)) / 1000;
    };
    expect((await seconds('PT10M')) - (await seconds('PT0S'))).toBeCloseTo(600, -1);
  });

  it('keeps a batch within a zone unless it may cross zones', async () => {
    const zonal = { zones: ['1', '2'], count: 10 } as const;
    const within = rolling({ maxBatchInstancePercent: 20 }, zonal);
    await within.patch(imagePatch({ version: NEW }));
    within.pass(7200);
    const zoneOf = (lab: Lab, id: string): string | undefined =>
      lab.sim.scaleSet('web')?.instances.find(({ instanceId }) => instanceId === id)?.zone;
    for (const batch of batchesOf(within)) {
      expect(new Set(batch.map((id) => zoneOf(within, id))).size).toBe(1);
    }
    const across = rolling({ maxBatchInstancePercent: 100, enableCrossZoneUpgrade: true }, zonal);
    await across.patch(imagePatch({ version: NEW }));
    across.pass(7200);
    expect(batchesOf(across)).toHaveLength(1);
  });

  it('takes unhealthy instances first where it is told to', async () => {
    const lab = rolling(
      { prioritizeUnhealthyInstances: true },
      { faults: [{ kind: 'sickInstance', instances: ['7'], untilSeconds: 60 }] },
    );
    lab.pass(30);
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(3600);
    expect(batchesOf(lab)[0]).toContain('7');
  });

  it('makes new instances before it takes old ones away with maxSurge, and never serves fewer', async () => {
    const lab = rolling({ maxSurge: true }, { count: 5 });
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(7200);
    expect(fewestServing(lab.sim.log)).toBe(5);
    expect(images(lab)).toEqual([NEW, NEW, NEW, NEW, NEW]);
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).toEqual([
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
  });

  it('upgrades in place with maxSurge where quota is short', async () => {
    const lab = rolling({ maxSurge: true }, { count: 5, faults: [{ kind: 'quotaShortage' }] });
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(7200);
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(images(lab)).toEqual([NEW, NEW, NEW, NEW, NEW]);
  });
});

describe('a rolling upgrade that breaches its policy (arm-vmss.md 3.4)', () => {
  it('does not begin while too many instances are unhealthy', async () => {
    const lab = rolling({}, { faults: [{ kind: 'sickInstance', instances: ['0', '1', '2'] }] });
    lab.pass(60);
    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(600);
    expect((await lab.call('GET', operationUrl(write))).body).toMatchObject({
      status: 'Failed',
      error: { code: 'MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade' },
    });
    expect((await latest(lab)).properties.runningStatus.code).toBe('Faulted');
    expect(new Set(images(lab))).toEqual(new Set([OLD]));
  });

  it('stops when too many upgraded instances are unhealthy, five minutes after they should be well', async () => {
    const lab = rolling({}, { faults: [{ kind: 'badImage', version: NEW }] });
    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(7200);
    const { body } = await lab.call('GET', operationUrl(write));
    expect(body).toMatchObject({
      status: 'Failed',
      error: {
        code: 'MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade',
        message: expect.stringContaining(
          '100% of instances are in an unhealthy state after being upgraded - more than the threshold of 20%. The most ' +
            'impactful error is: Instance found to be unhealthy or unreachable.. First failed instance ID is: 0.',
        ),
      },
    });
    expect(images(lab).filter((image) => image === NEW)).toHaveLength(2);
    expect((Date.parse(body.endTime) - Date.parse(body.startTime)) / 1000).toBeGreaterThan(300);
    expect((await latest(lab)).properties).toMatchObject({
      runningStatus: { code: 'Faulted' },
      progress: { successfulInstanceCount: 0, failedInstanceCount: 2, pendingInstanceCount: 8 },
      error: { code: 'MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade' },
    });
  });

  it('brings the failed instances back where the policy says so', async () => {
    const lab = rolling(
      { rollbackFailedInstancesOnPolicyBreach: true },
      { faults: [{ kind: 'badImage', version: NEW }] },
    );
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(7200);
    expect(new Set(images(lab))).toEqual(new Set([OLD]));
    expect((await latest(lab)).properties.runningStatus.code).toBe('Faulted');
    expect(lab.serving()).toBe(10);
  });

  it('begins again with an empty update (3.3)', async () => {
    const lab = rolling(
      {},
      { faults: [{ kind: 'sickInstance', instances: ['0', '1', '2'], untilSeconds: 1000 }] },
    );
    lab.pass(60);
    await lab.patch(imagePatch({ version: NEW }));
    lab.pass(1200);
    expect((await latest(lab)).properties.runningStatus.code).toBe('Faulted');
    await lab.patch({});
    lab.pass(7200);
    expect((await latest(lab)).properties.runningStatus.code).toBe('Completed');
    expect(new Set(images(lab))).toEqual(new Set([NEW]));
  });
});

describe('cancel and what meets a running upgrade', () => {
  it('stops after the batch under way; without an upgrade it is refused as recorded', async () => {
    const lab = rolling();
    const refused = await lab.call('POST', `${SET}/rollingUpgrades/cancel`);
    expect([refused.status, refused.body.error]).toEqual([
      409,
      { code: 'OperationNotAllowed', message: 'There is no ongoing Rolling Upgrade to cancel.' },
    ]);
    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(60);
    expect((await lab.call('POST', `${SET}/rollingUpgrades/cancel`)).status).toBe(202);
    lab.pass(3600);
    expect((await lab.call('GET', operationUrl(write))).body.status).toBe('Canceled');
    expect((await latest(lab)).properties.runningStatus).toMatchObject({
      code: 'Cancelled',
      lastAction: 'Cancel',
    });
    expect(images(lab).filter((image) => image === NEW)).toHaveLength(2);
  });

  it('are refused, or take its place: the switch duringRollingUpgrade (6)', async () => {
    const refusing = rolling();
    await refusing.patch(imagePatch({ version: NEW }));
    refusing.pass(60);
    expect((await refusing.upgrade('9')).status).toBe(409);
    expect((await refusing.patch(imagePatch({ version: OLD }))).status).toBe(409);
    expect((await refusing.patch({ tags: { a: 'b' } })).status).toBe(200);

    const yielding = rolling({}, { profile: { duringRollingUpgrade: 'supersede' } });
    const write = await yielding.patch(imagePatch({ version: NEW }));
    yielding.pass(60);
    expect((await yielding.patch(imagePatch({ version: OLD }))).status).toBe(200);
    yielding.pass(7200);
    expect((await yielding.call('GET', operationUrl(write))).body.status).toBe('Canceled');
    expect(new Set(images(yielding))).toEqual(new Set([OLD]));
  });

  it('answers as the switch says for a set that never had one (6)', async () => {
    expect((await startLab().call('GET', `${SET}/rollingUpgrades/latest`)).status).toBe(404);
    const lab = startLab({ profile: { latestRollingUpgradeWhenNone: 200 } });
    expect((await latest(lab)).properties).toEqual({});
  });
});

describe('OS and extension upgrades (arm-vmss.md 2, 3.3)', () => {
  it('osRollingUpgrade moves everybody to the newest image, in any mode, and walks past those already there', async () => {
    const lab = startLab({ image: LATEST, count: 2 });
    const idle = await lab.call('POST', `${SET}/osRollingUpgrade`);
    expect([idle.status, idle.headers.has('location')]).toEqual([202, true]);
    lab.pass(90);
    expect((await lab.call('GET', operationUrl(idle))).body.status).toBe('InProgress');
    lab.pass(60);
    expect((await lab.call('GET', operationUrl(idle))).body.status).toBe('Succeeded');
    expect((await latest(lab)).properties.progress.successfulInstanceCount).toBe(2);

    lab.sim.publishImage({ version: '22.04.202612090' });
    await lab.call('POST', `${SET}/osRollingUpgrade`);
    lab.pass(3600);
    expect(images(lab)).toEqual(['22.04.202612090', '22.04.202612090']);
    const history = (await lab.call('GET', `${SET}/osUpgradeHistory`)).body.value;
    expect(history).toHaveLength(2);
    expect(history[1]).toMatchObject({
      type: 'Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades',
      properties: {
        startedBy: 'User',
        runningStatus: { code: 'Completed' },
        targetImageReference: LATEST,
        rollbackInfo: { successfullyRolledbackInstanceCount: 0, failedRolledbackInstanceCount: 0 },
      },
    });
  });

  it('extensionRollingUpgrade runs the extensions again, batch by batch', async () => {
    const lab = startLab({ count: 2 });
    expect((await lab.call('POST', `${SET}/extensionRollingUpgrade`)).status).toBe(202);
    lab.pass(3600);
    const works = lab.sim.log.flatMap((entry) =>
      entry.kind === 'instance' && entry.change === 'upgradeStarted' ? [entry.work] : [],
    );
    expect(works).toEqual(['extensions', 'extensions']);
  });

  const automatic = (more: object = {}, faults: LabOptions['faults'] = []): Lab =>
    startLab({
      count: 10,
      image: LATEST,
      faults,
      upgradePolicy: {
        mode: 'Manual',
        automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, ...more },
      },
    });

  it('automatic OS upgrade follows a publication within three hours, a fifth at a time', async () => {
    const lab = automatic({}, [{ kind: 'imagePublication', version: '22.04.202612090', atSeconds: 100 }]);
    lab.pass(600);
    expect(new Set(images(lab))).toEqual(new Set([NEW]));
    lab.pass(5 * 3600);
    expect(new Set(images(lab))).toEqual(new Set(['22.04.202612090']));
    expect(fewestServing(lab.sim.log)).toBe(8);
    const [attempt] = (await lab.call('GET', `${SET}/osUpgradeHistory`)).body.value;
    expect(attempt.properties).toMatchObject({ startedBy: 'Platform', runningStatus: { code: 'Completed' } });
  });

  it('gives failed instances their old disk back unless that is disabled', async () => {
    const bad = { kind: 'badImage', version: '22.04.202612090' } as const;
    const restoring = automatic({}, [bad]);
    restoring.sim.publishImage({ version: '22.04.202612090' });
    restoring.pass(6 * 3600);
    expect(new Set(images(restoring))).toEqual(new Set([NEW]));
    expect(restoring.serving()).toBe(10);
    const keeping = automatic({ disableAutomaticRollback: true }, [bad]);
    keeping.sim.publishImage({ version: '22.04.202612090' });
    keeping.pass(6 * 3600);
    expect(images(keeping).filter((image) => image === '22.04.202612090')).toHaveLength(2);
  });
});
