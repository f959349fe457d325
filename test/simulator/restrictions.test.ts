import { describe, expect, it } from 'vitest';
import { imagePatch, SET, startLab, SUBSCRIPTION, type Answer } from './lab.ts';

const managed = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/images/golden`;
const refusal = ({ status, body }: Answer): unknown[] => [status, body.error.code, body.error.target];

describe('limits of a set (arm-vmss.md 3.2, 3.4)', () => {
  it('are 100 instances in one placement group, 600 of a managed image, else 1000', async () => {
    const scale = (lab: ReturnType<typeof startLab>, capacity: number): Promise<Answer> =>
      lab.patch({ sku: { capacity } });
    const single = startLab();
    expect(refusal(await scale(single, 101))).toEqual([400, 'InvalidParameter', 'sku.capacity']);
    const ofImage = startLab({ count: 101, image: { id: managed } });
    expect(refusal(await scale(ofImage, 601))).toEqual([400, 'InvalidParameter', 'sku.capacity']);
    expect((await scale(ofImage, 102)).status).toBe(200);
    const many = startLab({ count: 101 });
    expect(refusal(await scale(many, 1001))).toEqual([400, 'InvalidParameter', 'sku.capacity']);
  });

  it('are one to five fault domains, one or five with zones', async () => {
    const lab = startLab();
    const put = (name: string, more: object, platformFaultDomainCount: number): Promise<Answer> => {
      const storageProfile = {
        imageReference: {
          publisher: 'Canonical',
          offer: '0001-com-ubuntu-server-jammy',
          sku: '22_04-lts-gen2',
          version: 'latest',
        },
      };
      return lab.call('PUT', SET.replace(/web$/, name), {
        location: 'westeurope',
        sku: { name: 'Standard_D2s_v5', capacity: 0 },
        ...more,
        properties: { platformFaultDomainCount, virtualMachineProfile: { storageProfile } },
      });
    };
    expect(refusal(await put('six', {}, 6))).toEqual([400, 'InvalidParameter', 'platformFaultDomainCount']);
    expect(refusal(await put('zonal', { zones: ['1'] }, 2))).toEqual([
      400,
      'InvalidParameter',
      'platformFaultDomainCount',
    ]);
    expect((await put('five', { zones: ['1'] }, 5)).status).toBe(201);
    expect((await put('two', {}, 2)).status).toBe(201);
  });

  it('let no managed image run with trusted launch', async () => {
    const lab = startLab({ image: { id: managed } });
    const securityProfile = { securityType: 'TrustedLaunch' };
    const answer = await lab.patch({ properties: { virtualMachineProfile: { securityProfile } } });
    expect([answer.status, answer.body.error]).toEqual([
      400,
      {
        code: 'BadRequest',
        message: 'Managed Images are not supported for virtual machines with security type TrustedLaunch.',
      },
    ]);
  });

  it('keep a set with automatic OS upgrade on one platform image', async () => {
    const automaticOSUpgradePolicy = { enableAutomaticOSUpgrade: true };
    const lab = startLab({ upgradePolicy: { mode: 'Manual', automaticOSUpgradePolicy } });
    const other = {
      publisher: 'Canonical',
      offer: 'ubuntu-24_04-lts',
      sku: 'server',
      version: '24.04.202610150',
    };
    const answer = await lab.patch(imagePatch(other));
    expect([answer.status, answer.body.error.message]).toEqual([
      400,
      'Virtual Machine Scale Sets with Automatic OS Upgrade enabled must have all VM instances upgraded to same Platform Image.',
    ]);
    expect((await startLab().patch(imagePatch(other))).status).toBe(200);
  });

  it('change the proximity placement group only while everything is deallocated', async () => {
    const lab = startLab();
    const move = (): Promise<Answer> =>
      lab.patch({ properties: { proximityPlacementGroup: { id: '/ppg/a' } } });
    expect(refusal(await move()).slice(0, 2)).toEqual([409, 'OperationNotAllowed']);
    await lab.call('POST', `${SET}/deallocate`);
    lab.pass(600);
    expect((await move()).status).toBe(200);
  });
});

describe('policies (arm-vmss.md 3.3, 3.4)', () => {
  it.each([
    ['maxBatchInstancePercent', 4],
    ['maxUnhealthyInstancePercent', 101],
    ['maxUnhealthyUpgradedInstancePercent', -1],
  ])('refuse %s %d', async (name, percent) => {
    const answer = await startLab().patch({
      properties: { upgradePolicy: { rollingUpgradePolicy: { [name]: percent } } },
    });
    expect(refusal(answer)).toEqual([400, 'InvalidParameter', name]);
  });

  it('need exactly one health signal for automatic OS upgrade, and no updates by Windows itself', async () => {
    const enable = { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } };
    const words = async (lab: ReturnType<typeof startLab>, properties: object): Promise<unknown> => {
      const answer = await lab.patch({ properties });
      return answer.status === 200 ? 200 : answer.body.error.message;
    };
    const healthProbe = { id: '/probes/a' };
    const both = { ...enable, virtualMachineProfile: { networkProfile: { healthProbe } } };
    const why = 'Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because';
    expect(await words(startLab({ healthExtension: false }), enable)).toBe(
      `${why} a health probe or health extension was not specified.`,
    );
    expect(await words(startLab(), both)).toBe(
      `${why} both a health probe and a health extension were provided.`,
    );
    expect(await words(startLab({ healthExtension: false }), both)).toBe(200);
    const windows = { windowsConfiguration: { enableAutomaticUpdates: true } };
    const updating = { ...enable, virtualMachineProfile: { osProfile: windows } };
    expect(await words(startLab({ osType: 'Windows' }), updating)).toContain('enableAutomaticUpdates');
    expect(await words(startLab(), enable)).toBe(200);
  });
});
