import { describe, expect, it } from 'vitest';
import { carryOut, GROUP, NEW, OLD, serveLab, startLab, SUBSCRIPTION } from './lab.ts';

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('rolling upgrades and repairs, through the SDK', () => {
  it('start, are read, cancelled, and stand in the history', async () => {
    const lab = startLab({ count: 3 });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetRollingUpgrades: upgrades } = http.client;
    const cancel = upgrades.cancel(GROUP, 'web');
    await expect(cancel.submitted()).rejects.toMatchObject({ statusCode: 409, code: 'OperationNotAllowed' });
    await carryOut(lab, upgrades.startOSUpgrade(GROUP, 'web'), 3600);
    await carryOut(lab, upgrades.startExtensionUpgrade(GROUP, 'web'), 3600);
    const policy = { mode: 'Rolling', rollingUpgradePolicy: { maxBatchInstancePercent: 34 } } as const;
    await carryOut(lab, sets.update(GROUP, 'web', { upgradePolicy: policy }), 3600);
    const write = sets.update(GROUP, 'web', {
      virtualMachineProfile: { storageProfile: { imageReference: { version: NEW } } },
    });
    await write.submitted();
    lab.pass(60);
    expect((await upgrades.getLatest(GROUP, 'web')).runningStatus?.code).toBe('RollingForward');
    await carryOut(lab, upgrades.cancel(GROUP, 'web'), 600);
    expect((await upgrades.getLatest(GROUP, 'web')).runningStatus?.code).toBe('Cancelled');
    await expect(write.pollUntilDone()).rejects.toThrow('canceled');
    const history = await all(sets.listOSUpgradeHistory(GROUP, 'web'));
    expect(history.map(({ properties }) => properties?.runningStatus?.code)).toEqual(['Completed']);
    expect(history[0]?.properties?.targetImageReference?.version).toBe(OLD);
  });

  it('suspend and resume automatic repairs', async () => {
    const lab = startLab({ properties: { automaticRepairsPolicy: { enabled: true } } });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const serviceName = 'AutomaticRepairs';
    await carryOut(lab, sets.setOrchestrationServiceState(GROUP, 'web', { serviceName, action: 'Suspend' }));
    const view = await sets.getInstanceView(GROUP, 'web');
    expect(view.orchestrationServices).toEqual([{ serviceName, serviceState: 'Suspended' }]);
    await carryOut(lab, sets.setOrchestrationServiceState(GROUP, 'web', { serviceName, action: 'Resume' }));
  });
});

describe('images that somebody made, through the SDK (arm-vmss.md 2, 2.3)', () => {
  const version = (name: string, more: object = {}): object => ({
    resourceGroup: GROUP,
    gallery: 'shop',
    image: 'app',
    version: name,
    ...more,
  });
  const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.Compute/galleries/shop/images/app`;

  const gallery = [
    version('1.0.9'),
    version('1.0.10'),
    version('1.0.11', { excludeFromLatest: true }),
    version('1.0.12', { regions: ['northeurope'] }),
  ] as NonNullable<Parameters<typeof startLab>[0]>['galleryVersions'];

  it('lists and reads gallery image versions and managed images', async () => {
    const lab = startLab({
      galleryVersions: gallery ?? [],
      managedImages: [{ resourceGroup: GROUP, name: 'golden' }],
    });
    await using http = await serveLab(lab);
    const { galleryImageVersions, images } = http.client;
    const names = (await all(galleryImageVersions.listByGalleryImage(GROUP, 'shop', 'app'))).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['1.0.9', '1.0.10', '1.0.11', '1.0.12']);
    const read = await galleryImageVersions.get(GROUP, 'shop', 'app', '1.0.11', {
      expand: 'ReplicationStatus',
    });
    expect(read.publishingProfile?.excludeFromLatest).toBe(true);
    expect(read.replicationStatus?.aggregatedState).toBe('Completed');
    await expect(galleryImageVersions.get(GROUP, 'shop', 'app', '2.0.0')).rejects.toMatchObject({
      statusCode: 404,
    });
    expect((await all(images.listByResourceGroup(GROUP))).map(({ name }) => name)).toEqual(['golden']);
    expect((await images.get(GROUP, 'golden')).storageProfile?.osDisk?.osType).toBe('Linux');
    await expect(images.get(GROUP, 'other')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('resolves an id without version to the newest that may be used, and refuses versions that are not here', async () => {
    const lab = startLab({ galleryVersions: gallery ?? [], image: { id }, count: 2 });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: vms } = http.client;
    const reference = async (): Promise<string | undefined> =>
      (await vms.get(GROUP, 'web', '0')).storageProfile?.imageReference?.exactVersion;
    expect(await reference()).toBe('1.0.10');
    lab.sim.publishGalleryVersion({ resourceGroup: GROUP, gallery: 'shop', image: 'app', version: '1.1.0' });
    await carryOut(lab, sets.reimage(GROUP, 'web'));
    expect(await reference()).toBe('1.1.0');
    const elsewhere = sets.update(GROUP, 'web', {
      virtualMachineProfile: { storageProfile: { imageReference: { id: `${id}/versions/1.0.12` } } },
    });
    await expect(elsewhere.submitted()).rejects.toMatchObject({
      statusCode: 404,
      code: 'GalleryImageNotFound',
    });
  });
});
