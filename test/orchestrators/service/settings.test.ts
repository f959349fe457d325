import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { expectImages, expectSafe, modelImage, policyOf, writes } from '../../lab/judge.ts';
import { dieAtCall } from '../../lab/die.ts';
import { NEW, OLD, startLab, WEB } from '../../lab/lab.ts';
import type { Body, LabOptions } from '../../lab/lab.ts';

const VERSION = 'virtualMachineProfile.storageProfile.imageReference.version';
const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const SELF_UPGRADING: LabOptions = {
  image: { ...PLATFORM, version: 'latest' },
  upgradePolicy: { mode: 'Manual', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
  profile: { automaticOsUpgradeTakesOnlyLatest: true },
};

describe('a set that upgrades its image itself', () => {
  // Feature [Service behaviour that is expected] Sets with automatic OS upgrades take only latest: refused when planned (case 03)
  //   shown by: a set that upgrades its image itself > refuses another version when planned: {"image":{"version":"latest"}}
  it.each([
    { image: { version: 'latest' } },
    { image: { version: NEW } },
    { image: { sku: '22_04-lts-gen2', version: NEW } },
    { set: { [VERSION]: OLD } },
    { image: { version: OLD }, force: 'reimage' },
  ])('refuses another version when planned: %j', async (change) => {
    await using lab = await startLab(SELF_UPGRADING);
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change });
    expect([status, body.code]).toEqual([422, 'automaticOsUpgrade']);
    expect(body.remedy).toContain('"force": "reimage"');
    const rollout = await lab.rollOut({ change });
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'automaticOsUpgrade' } });
    expect(writes(lab.log)).toEqual([]);
  });

  it('takes a forced reimage, and a version that says latest', async () => {
    for (const change of [{ force: 'reimage' }, { set: { [VERSION]: 'latest' }, force: 'reimage' }]) {
      await using lab = await startLab(SELF_UPGRADING);
      const rollout = await lab.rollOut({ change });
      expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
      expect(modelImage(lab)).toBe('latest');
    }
  });

  it('is refused nothing once that is switched off', async () => {
    const upgradePolicy = {
      mode: 'Manual' as const,
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false },
    };
    await using lab = await startLab({ ...SELF_UPGRADING, upgradePolicy });
    const { status } = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { image: { version: NEW } },
    });
    expect(status).toBe(200);
  });

  it('is said to upgrade itself perhaps in the middle of another change', async () => {
    await using lab = await startLab(SELF_UPGRADING);
    const set = { 'virtualMachineProfile.diagnosticsProfile': { bootDiagnostics: { enabled: true } } };
    const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: { set } });
    expect(body.warnings.map(({ code }: Body) => code)).toContain('automaticOsUpgrade');
  });
});

describe('an extension that fails', () => {
  const extension = (suppressFailures: boolean) => ({
    name: 'MDE.Linux',
    properties: {
      publisher: 'Microsoft.Azure.AzureDefenderForServers',
      type: 'MDE.Linux',
      typeHandlerVersion: '1.0',
      autoUpgradeMinorVersion: true,
      settings: {},
      suppressFailures,
    },
  });
  const fails: FaultInput = { kind: 'extensionFails', extension: 'MDE.Linux', version: NEW, exitCode: 53 };

  // Feature [Service behaviour that is expected] The failure of an extension with suppressFailures is none (case 06)
  //   shown by: an extension that fails > with suppressFailures the rollout succeeds
  it('with suppressFailures the rollout succeeds', async () => {
    await using lab = await startLab({ extensions: [extension(true)], faults: [fails] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  it('without it the rollout goes back', async () => {
    await using lab = await startLab({ extensions: [extension(false)], faults: [fails] });
    expect((await lab.rollOut()).phase).toBe('rolledBack');
    expectImages(lab, OLD);
  });
});

describe('a set that another service runs', () => {
  const change = { image: { version: NEW } };

  // Feature [Service behaviour that is expected] Sets that AKS manages are refused unless acceptManaged (contract)
  it('is refused unless that is accepted: AKS', async () => {
    await using lab = await startLab({ owner: 'kubernetesService' });
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change });
    expect([status, body.code]).toEqual([422, 'managedByOther']);
    expect(body.remedy).toContain('"acceptManaged": true');
    const accepted = await lab.call('POST', '/plans', { scaleSet: WEB, change, acceptManaged: true });
    expect(accepted.status).toBe(200);
  });

  // Feature [Service behaviour that is expected] Node types of classic and managed Service Fabric clusters are refused (case 05)
  //   shown by: a set that another service runs > is refused as Service Fabric's: serviceFabricManagedCluster
  it.each(['serviceFabric', 'serviceFabricManagedCluster'] as const)(
    "is refused as Service Fabric's: %s",
    async (owner) => {
      await using lab = await startLab({ owner });
      const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change });
      expect([status, body.code]).toEqual([422, 'serviceFabricManaged']);
    },
  );
});

describe('a guard that cannot be held', () => {
  const REPAIRING = { properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } } };

  // Feature [Service behaviour that is expected] A guard that cannot be held is waited for or refused, never taken for held (issue 11)
  //   shown by: a guard that cannot be held > for want of rights: refused when they do not come
  it('for want of rights: refused when they do not come', async () => {
    const operation = 'setOrchestrationServiceState' as const;
    await using lab = await startLab({
      ...REPAIRING,
      faults: [{ kind: 'accessDenied', operation, count: 'always' }],
    });
    const rollout = await lab.rollOut({ accessTimeoutSeconds: 300 });
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'accessDenied' } });
    expect(writes(lab.log).every((entry) => entry.operation === operation)).toBe(true);
    expect(rollout.left?.heldGuards ?? []).toEqual([]);
  });

  it('for want of rights: is never taken for held, wherever the app dies over it', async () => {
    const operation = 'setOrchestrationServiceState' as const;
    for (let call = 5; call <= 12; call += 1) {
      await using lab = await startLab({
        ...REPAIRING,
        count: 3,
        faults: [{ kind: 'accessDenied', operation, count: 'always' }],
      });
      const id = await lab.start({ accessTimeoutSeconds: 60 });
      await dieAtCall(lab, call, 'after');
      const rollout = await lab.toEnd(id);
      expect({ call, phase: rollout.phase }).toEqual({ call, phase: 'refused' });
      expect({ call, held: rollout.left?.heldGuards ?? [] }).toEqual({ call, held: [] });
    }
  });

  it('for want of rights: is not taken for held when it is aborted meanwhile', async () => {
    const operation = 'setOrchestrationServiceState' as const;
    await using lab = await startLab({
      ...REPAIRING,
      faults: [{ kind: 'accessDenied', operation, count: 'always' }],
    });
    const id = await lab.start();
    await lab.until(id, (r) => r.waitingFor?.kind === 'access');
    await lab.send(id, 'abort');
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.left?.heldGuards ?? []]).toEqual(['cancelled', []]);
  });

  it('for a lock: refused at once', async () => {
    await using lab = await startLab({
      ...REPAIRING,
      faults: [
        { kind: 'accessDenied', operation: 'setOrchestrationServiceState', why: 'lock', count: 'always' },
      ],
    });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'refusedByAzure' } });
    expect(rollout.failure.message).toContain('automatic repairs');
    expect(writes(lab.log)).toHaveLength(1);
    expect(policyOf(lab)).toBe('Manual');
  });
});

it.each<[boolean, string[], boolean]>([
  [true, ['1', '2', '3'], true],
  [true, ['1'], false],
  [false, ['1', '2', '3'], false],
])(
  'says of strict zone balance (%s) over zones %j what it may hinder: %s',
  async (zoneBalance, zones, isSaid) => {
    await using lab = await startLab({ zones, properties: { zoneBalance } });
    const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: { image: { version: NEW } } });
    expect(body.warnings.map(({ code }: Body) => code).includes('zoneBalance')).toBe(isSaid);
  },
);

it('says of Spot instances that they may be evicted', async () => {
  await using lab = await startLab({ vmProfile: { priority: 'Spot', evictionPolicy: 'Deallocate' } });
  const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: { image: { version: NEW } } });
  expect(body.warnings.map(({ code }: Body) => code)).toContain('spotInstances');
});
