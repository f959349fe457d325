import type { VirtualMachineScaleSetVM } from '@azure/arm-compute';
import { describe, expect, it } from 'vitest';
import { PLAIN_WAYS, REAL_WAYS } from '../../local/simulator/ways.ts';
import { carryOut, GROUP, imagePatch, NEW, operationUrl, serveLab, SET, startLab } from './lab.ts';
import type { Lab } from './lab.ts';

const profileTime = async (lab: Lab): Promise<string> =>
  (await lab.call('GET', SET)).body.properties.virtualMachineProfile.timeCreated;

const idsIn = async (lab: Lab): Promise<string[]> =>
  (await lab.list()).body.value.map(({ instanceId }: { instanceId: string }) => instanceId);

const customImage = (name: string): string =>
  `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/img/providers/Microsoft.Compute/images/${name}`;

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('stampsProfile (recorded: test_vmss_update and others)', () => {
  it('moves timeCreated of the profile with each change of the profile, through the SDK', async () => {
    const lab = startLab({ profile: { stampsProfile: true } });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const before = (await sets.get(GROUP, 'web')).virtualMachineProfile?.timeCreated;
    const image = { version: NEW };
    await carryOut(
      lab,
      sets.update(GROUP, 'web', { virtualMachineProfile: { storageProfile: { imageReference: image } } }),
    );
    const after = await sets.get(GROUP, 'web');
    expect(after.virtualMachineProfile?.timeCreated?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
    expect(after.timeCreated).toEqual(before);
  });

  it('leaves it for capacity, tags and repairs, and moves it from Rolling to Manual and for hibernation', async () => {
    const lab = startLab({ profile: { stampsProfile: true }, upgradePolicy: { mode: 'Rolling' } });
    const first = await profileTime(lab);
    const write = async (body: object): Promise<void> => {
      expect((await lab.patch(body)).status).toBe(200);
      lab.pass(3600);
    };
    await write({ sku: { capacity: 6 } });
    await write({ tags: { a: 'b' } });
    await write({ properties: { automaticRepairsPolicy: { enabled: true } } });
    expect(await profileTime(lab)).toBe(first);
    await write({ properties: { upgradePolicy: { mode: 'Manual' } } });
    const second = await profileTime(lab);
    expect(second).not.toBe(first);
    await write({ properties: { additionalCapabilities: { hibernationEnabled: true } } });
    expect(await profileTime(lab)).not.toBe(second);
  });

  it('stands still without the switch, and is nobody’s to write', async () => {
    const lab = startLab();
    const before = await profileTime(lab);
    await lab.moveModel();
    expect(await profileTime(lab)).toBe(before);
    const timeCreated = '2020-01-01T00:00:00Z';
    const { etag } = (await lab.call('GET', SET)).body;
    await lab.patch({ properties: { virtualMachineProfile: { timeCreated } } });
    lab.pass(60);
    expect(await profileTime(lab)).toBe(before);
    expect((await lab.call('GET', SET)).body.etag).not.toBe(etag);
  });
});

describe('otherLettersShare', () => {
  it('spells ids, sizes and names in other letters, the same for the same seed', async () => {
    const seen = async (seed: number): Promise<string[]> => {
      const lab = startLab({ seed, profile: { otherLettersShare: 0.5 } });
      const shown: string[] = [];
      for (let read = 0; read < 20; read += 1) {
        const { id, name, sku } = (await lab.call('GET', SET)).body;
        shown.push(`${id} ${name} ${sku.name}`);
      }
      return shown;
    };
    const first = await seen(1);
    expect(new Set(first).size).toBeGreaterThan(3);
    expect(new Set(first.map((line) => line.toLowerCase())).size).toBe(1);
    expect(first.some((line) => line.includes('/resourcegroups/') || line.includes('/ROLLOUT/'))).toBe(true);
    expect(first.some((line) => line.endsWith('standard_d2s_v5'))).toBe(true);
    expect(first.some((line) => line.includes(' WEB '))).toBe(true);
    expect(await seen(1)).toEqual(first);
    expect(await seen(2)).not.toEqual(first);
  });

  it('reaches instances in lists, and no operation', async () => {
    const lab = startLab({ profile: { otherLettersShare: 1 } });
    const [item] = (await lab.list()).body.value;
    expect(item.name).toBe('WEB_0');
    expect(item.properties.hardwareProfile.vmSize).toBe('standard_d2s_v5');
    await lab.moveModel();
    const upgrade = await lab.upgrade('0');
    expect((await lab.call('GET', operationUrl(upgrade))).body.status).toBe('InProgress');
  });
});

describe('fillsInDefaults (recorded: automatic repairs; fact 2.3)', () => {
  const properties = { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } };
  const upgradePolicy = {
    mode: 'Manual',
    automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
  } as const;

  it('says `false` in the OS upgrade policy and `Replace` as the repair action', async () => {
    const lab = startLab({ profile: { fillsInDefaults: true }, image: { ...LATEST } });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    await carryOut(lab, sets.update(GROUP, 'web', { ...properties, upgradePolicy }));
    const set = await sets.get(GROUP, 'web');
    expect(set.automaticRepairsPolicy).toEqual({
      enabled: true,
      gracePeriod: 'PT30M',
      repairAction: 'Replace',
    });
    expect(set.upgradePolicy?.automaticOSUpgradePolicy).toEqual({
      enableAutomaticOSUpgrade: true,
      useRollingUpgradePolicy: false,
      disableAutomaticRollback: false,
    });
  });

  it('does so for sets that are there from the start', async () => {
    const given = async (ways: object): Promise<unknown> =>
      (await startLab({ properties, profile: ways }).call('GET', SET)).body.properties.automaticRepairsPolicy;
    expect(await given({})).toEqual(properties.automaticRepairsPolicy);
    expect(await given({ fillsInDefaults: true })).toMatchObject({ repairAction: 'Replace' });
  });

  it('names the licence of the model on its instances, and none where it has none', async () => {
    const licences = async (vmProfile: object): Promise<(string | undefined)[]> => {
      const lab = startLab({ profile: { fillsInDefaults: true }, vmProfile: { ...vmProfile } });
      await using http = await serveLab(lab);
      const instances: VirtualMachineScaleSetVM[] = await all(
        http.client.virtualMachineScaleSetVMs.list(GROUP, 'web'),
      );
      return instances.map(({ licenseType }) => licenseType);
    };
    expect(await licences({ licenseType: 'RHEL_BYOS' })).toEqual(Array(5).fill('RHEL_BYOS'));
    expect(await licences({})).toEqual(Array(5).fill(undefined));
  });
});

const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};

describe('imageWriteResetsOsDisk (azure-rest-api-specs#13164)', () => {
  const diskOf = async (lab: Lab): Promise<{ caching: string; diskSizeGB: number }> => {
    const { caching, diskSizeGB } = (await lab.call('GET', SET)).body.properties.virtualMachineProfile
      .storageProfile.osDisk;
    return { caching, diskSizeGB };
  };

  it('gives the OS disk the caching and size of a custom image that is written alone', async () => {
    const lab = startLab({
      image: { id: customImage('one') },
      profile: { imageWriteResetsOsDisk: 'customImages' },
      managedImages: [
        { resourceGroup: 'img', name: 'two', osDisk: { caching: 'None', diskSizeGB: 128 } },
        { resourceGroup: 'img', name: 'one' },
      ],
    });
    expect(await diskOf(lab)).toEqual({ caching: 'ReadWrite', diskSizeGB: 30 });
    await lab.patch(imagePatch({ id: customImage('two') }));
    expect(await diskOf(lab)).toEqual({ caching: 'None', diskSizeGB: 128 });
    lab.pass(60);
    await lab.patch(imagePatch({ id: customImage('unknown') }));
    expect(await diskOf(lab)).toEqual({ caching: 'ReadOnly', diskSizeGB: 64 });
  });

  it('leaves what the body says, platform images and images that do not change', async () => {
    const custom = startLab({
      image: { id: customImage('one') },
      profile: { imageWriteResetsOsDisk: 'customImages' },
    });
    await custom.patch(imagePatch({ id: customImage('one') }));
    expect(await diskOf(custom)).toEqual({ caching: 'ReadWrite', diskSizeGB: 30 });
    const storageProfile = { imageReference: { id: customImage('two') }, osDisk: { caching: 'ReadWrite' } };
    custom.pass(60);
    await custom.patch({ properties: { virtualMachineProfile: { storageProfile } } });
    expect(await diskOf(custom)).toEqual({ caching: 'ReadWrite', diskSizeGB: 30 });
    const platform = startLab({ profile: { imageWriteResetsOsDisk: 'customImages' } });
    await platform.moveModel();
    expect(await diskOf(platform)).toEqual({ caching: 'ReadWrite', diskSizeGB: 30 });
    const always = startLab({ profile: { imageWriteResetsOsDisk: 'always' } });
    await always.moveModel();
    expect(await diskOf(always)).toEqual({ caching: 'ReadOnly', diskSizeGB: 64 });
  });
});

describe('what bodies are taken', () => {
  it('storageProfileNeedsImage: a storage profile without its image is refused (azure-rest-api-specs#10322)', async () => {
    const lab = startLab({ profile: { storageProfileNeedsImage: true } });
    const osDisk = { caching: 'ReadOnly' };
    const body = { properties: { virtualMachineProfile: { storageProfile: { osDisk } } } };
    const refused = await lab.patch(body);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toEqual({
      code: 'InvalidParameter',
      target: 'imageReference',
      message: "Required parameter 'imageReference' is missing (null).",
    });
    expect((await lab.patch(imagePatch({ version: NEW }))).status).toBe(200);
    expect((await startLab().patch(body)).status).toBe(200);
  });

  it('imageIdsAreResourceIds: a public image in the field of a resource id is refused', async () => {
    const lab = startLab({ image: { id: customImage('one') }, profile: { imageIdsAreResourceIds: true } });
    const refused = await lab.patch(imagePatch({ id: '/CommunityGalleries/pub/Images/app/Versions/1.0.0' }));
    expect(refused.body.error.code).toBe('LinkedInvalidPropertyId');
  });

  it('tagValuesBecomeText: numbers and booleans come back as text (azure-cli#25008)', async () => {
    const lab = startLab({ profile: { tagValuesBecomeText: true } });
    expect((await lab.patch({ tags: { build: 1234, live: true } })).status).toBe(200);
    expect((await lab.call('GET', SET)).body.tags).toEqual({ build: '1234', live: 'true' });
    lab.pass(60);
    expect((await lab.patch({ tags: { k8s: { io_x: 'on' } } })).status).toBe(400);
    expect((await startLab().patch({ tags: { build: 1234 } })).status).toBe(400);
  });

  it('capacityMayBeText: "6" is 6', async () => {
    const lab = startLab({ profile: { capacityMayBeText: true } });
    expect((await lab.patch({ sku: { capacity: '6' } })).body.sku.capacity).toBe(6);
    lab.pass(600);
    expect(await idsIn(lab)).toHaveLength(6);
    expect((await lab.patch({ sku: { capacity: 'six' } })).status).toBe(400);
    expect((await startLab().patch({ sku: { capacity: '6' } })).status).toBe(400);
  });
});

describe('lists of instances', () => {
  it('listLagSeconds: are behind what a GET of one instance shows', async () => {
    const lab = startLab({ profile: { listLagSeconds: 30 } });
    await lab.moveModel();
    const applied = async (): Promise<[boolean, boolean]> => {
      const [first] = (await lab.list()).body.value;
      const own = (await lab.call('GET', `${SET}/virtualMachines/0`)).body;
      return [first.properties.latestModelApplied, own.properties.latestModelApplied];
    };
    lab.pass(60);
    expect(await applied()).toEqual([false, false]);
    await lab.upgrade('0');
    while (lab.sim.scaleSet('web')?.instances[0]?.latestModelApplied !== true) lab.pass(1);
    expect(await applied()).toEqual([false, true]);
    lab.pass(30);
    expect(await applied()).toEqual([true, true]);
  });

  it('listLagSeconds: a new instance is found by its own GET first', async () => {
    const lab = startLab({ count: 1, profile: { listLagSeconds: 100 } });
    await lab.patch({ sku: { capacity: 2 } });
    lab.pass(50);
    expect(await idsIn(lab)).toEqual(['0']);
    expect((await lab.call('GET', `${SET}/virtualMachines/1`)).status).toBe(200);
    lab.pass(51);
    expect(await idsIn(lab)).toEqual(['0', '1']);
  });

  it('shortLists: lack an instance, or all, for a moment, while each GET of one shows it', async () => {
    const lab = startLab({ profile: { shortLists: { share: 0.2, seconds: 4 } } });
    const lengths: number[] = [];
    for (let read = 0; read < 100; read += 1) {
      const ids = await idsIn(lab);
      lengths.push(ids.length);
      if (ids.length === 4) {
        const missing = ['0', '1', '2', '3', '4'].find((id) => !ids.includes(id)) ?? '';
        expect((await lab.call('GET', `${SET}/virtualMachines/${missing}`)).status).toBe(200);
        lab.pass(2);
        expect(await idsIn(lab)).toEqual(ids);
      }
      lab.pass(5);
    }
    expect(new Set(lengths)).toEqual(new Set([0, 4, 5]));
    expect(lengths.filter((length) => length === 5).length).toBeGreaterThan(60);
  });
});

describe('setShowsItsOperations', () => {
  it('shows Updating while an operation on an instance runs, and Succeeded after it', async () => {
    const lab = startLab({ profile: { setShowsItsOperations: true } });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: vms } = http.client;
    const state = async (): Promise<string | undefined> => (await sets.get(GROUP, 'web')).provisioningState;
    expect(await state()).toBe('Succeeded');
    const restart = vms.restart(GROUP, 'web', '0');
    await restart.submitted();
    expect(await state()).toBe('Updating');
    expect((await sets.getInstanceView(GROUP, 'web')).statuses?.[0]?.code).toBe('ProvisioningState/updating');
    lab.pass(600);
    await restart.pollUntilDone();
    expect(await state()).toBe('Succeeded');
  });
});

describe('automaticOsUpgradeTakesOnlyLatest (terraform-provider-azurerm#11398)', () => {
  const upgradePolicy = {
    mode: 'Automatic',
    automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
  } as const;

  it('refuses an exact version, and turning the policy on beside one', async () => {
    const profile = { automaticOsUpgradeTakesOnlyLatest: true };
    const lab = startLab({ upgradePolicy, image: LATEST, profile });
    const refused = await lab.patch(imagePatch({ version: NEW }));
    expect(refused.status).toBe(400);
    expect(refused.body.error.code).toBe('BadRequest');
    expect(refused.body.error.message).toContain("with version set to 'latest'");
    expect((await lab.patch(imagePatch({ version: 'Latest' }))).status).toBe(200);
    lab.pass(600);
    expect((await lab.patch({ tags: { a: 'b' } })).status).toBe(200);
    const exact = startLab({ profile });
    expect((await exact.patch({ properties: { upgradePolicy } })).status).toBe(400);
    const free = startLab({ upgradePolicy, image: LATEST });
    expect((await free.patch(imagePatch({ version: NEW }))).status).toBe(200);
  });

  it('lets gallery images without a version pass, and refuses those with one', async () => {
    const gallery = `/subscriptions/s/resourceGroups/img/providers/Microsoft.Compute/galleries/shop/images/app`;
    const lab = startLab({
      upgradePolicy,
      image: { id: gallery },
      profile: { automaticOsUpgradeTakesOnlyLatest: true },
    });
    expect((await lab.patch(imagePatch({ id: `${gallery}/versions/1.0.0` }))).status).toBe(400);
    expect((await lab.patch(imagePatch({ id: `${gallery}/versions/latest` }))).status).toBe(200);
  });
});

describe('changesWhileDeallocated', () => {
  it('fails the upgrade of a running instance, and takes that of a deallocated one', async () => {
    const lab = startLab({ profile: { changesWhileDeallocated: REAL_WAYS.changesWhileDeallocated } });
    await lab.call('POST', `${SET}/virtualMachines/1/deallocate`);
    lab.pass(300);
    const securityProfile = { encryptionAtHost: true };
    await lab.patch({ properties: { virtualMachineProfile: { securityProfile } } });
    lab.pass(60);
    const upgrade = await lab.upgrade('0', '1');
    lab.pass(900);
    const ended = (await lab.call('GET', operationUrl(upgrade))).body;
    expect(ended).toMatchObject({ status: 'Failed', error: { code: 'OperationNotAllowed' } });
    expect(ended.error.message).toContain("'encryptionAtHost' of VM 'web_0'");
    const applied = lab.sim.scaleSet('web')?.instances.map(({ latestModelApplied }) => latestModelApplied);
    expect(applied).toEqual([false, true, false, false, false]);
  });
});

describe('ephemeralReimageKeepsImage (azure-cli#28670)', () => {
  it.each([
    ['keeps', {}, NEW],
    ['moves', { forceUpdateOSDiskForEphemeral: true }, '22.04.202612120'],
  ])('%s the version of a reimaged instance', async (_, force, version) => {
    const imageReference = {
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: 'latest',
    };
    const diffDiskSettings = { option: 'Local' };
    const osDisk = { createOption: 'FromImage', caching: 'ReadOnly', diffDiskSettings };
    const lab = startLab({
      vmProfile: { storageProfile: { imageReference, osDisk } },
      profile: { ephemeralReimageKeepsImage: true },
    });
    lab.sim.publishImage({ version: '22.04.202612120' });
    await lab.call('POST', `${SET}/reimage`, { instanceIds: ['0'], ...force });
    lab.pass(900);
    expect(lab.sim.scaleSet('web')?.instances[0]?.image).toBe(version);
  });
});

describe('what instances do not tell', () => {
  it('zonalUpdateDomains: zonal sets show no update domain', async () => {
    const hidden = startLab({ zones: ['1', '2'], profile: { zonalUpdateDomains: false } });
    expect((await hidden.view('0')).body).not.toHaveProperty('platformUpdateDomain');
    expect((await hidden.view('0')).body).toHaveProperty('platformFaultDomain');
    const regional = startLab({ profile: { zonalUpdateDomains: false } });
    expect((await regional.view('0')).body).toHaveProperty('platformUpdateDomain');
    expect((await startLab({ zones: ['1'] }).view('0')).body).toHaveProperty('platformUpdateDomain');
  });

  it('hidesAbsentAgent: a guest without the agent shows neither agent, extensions nor health', async () => {
    const osProfile = {
      computerNamePrefix: 'web',
      linuxConfiguration: { disablePasswordAuthentication: true, provisionVMAgent: false },
    };
    const lab = startLab({ vmProfile: { osProfile }, profile: { hidesAbsentAgent: true } });
    const { body } = await lab.view('0');
    for (const absent of ['vmAgent', 'extensions', 'vmHealth', 'osName', 'computerName']) {
      expect(body).not.toHaveProperty(absent);
    }
    expect(body.statuses.map(({ code }: { code: string }) => code)).toEqual([
      'ProvisioningState/succeeded',
      'PowerState/running',
    ]);
    const networkProfile = { healthProbe: { id: '/subscriptions/s/probes/p' } };
    const probed = startLab({
      healthExtension: false,
      vmProfile: { osProfile, networkProfile },
      profile: { hidesAbsentAgent: true },
    });
    expect((await probed.view('0')).body.vmHealth.status.code).toBe('HealthState/healthy');
    expect((await startLab({ vmProfile: { osProfile } }).view('0')).body).toHaveProperty('vmAgent');
  });
});

it('knows a plain and a real setting of every way, and they differ', () => {
  for (const way of Object.keys(PLAIN_WAYS)) {
    expect([way, Object.entries(REAL_WAYS).find(([name]) => name === way)?.[1]]).not.toEqual([
      way,
      Object.entries(PLAIN_WAYS).find(([name]) => name === way)?.[1],
    ]);
  }
});
