import { restorePoller } from '@azure/arm-compute';
import { describe, expect, it } from 'vitest';
import { GROUP, NEW, OLD, serveLab, SET, startLab, SUBSCRIPTION } from './lab.ts';

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('the official SDK over HTTP', () => {
  it('reads the model of a scale set', async () => {
    await using http = await serveLab(startLab());
    const set = await http.client.virtualMachineScaleSets.get(GROUP, 'web');
    expect(set).toMatchObject({
      name: 'web',
      location: 'westeurope',
      orchestrationMode: 'Uniform',
      provisioningState: 'Succeeded',
      etag: '"1"',
      upgradePolicy: { mode: 'Manual' },
      sku: { name: 'Standard_D2s_v5', capacity: 5 },
      virtualMachineProfile: {
        storageProfile: { imageReference: { sku: '22_04-lts-gen2', version: OLD } },
        extensionProfile: {
          extensions: [{ name: 'HealthExtension', typePropertiesType: 'ApplicationHealthLinux' }],
        },
      },
    });
  });

  it('lists scale sets by group, subscription and location', async () => {
    await using http = await serveLab(startLab());
    const { virtualMachineScaleSets } = http.client;
    const lists = [
      virtualMachineScaleSets.list(GROUP),
      virtualMachineScaleSets.listAll(),
      virtualMachineScaleSets.listByLocation('westeurope'),
    ];
    for (const list of lists)
      expect((await all<{ name?: string }>(list)).map((set) => set.name)).toEqual(['web']);
    expect(await all(virtualMachineScaleSets.listByLocation('northeurope'))).toEqual([]);
  });

  it('reads the instance view, sizes and history of a scale set', async () => {
    await using http = await serveLab(startLab());
    const { virtualMachineScaleSets, virtualMachineScaleSetRollingUpgrades } = http.client;
    const view = await virtualMachineScaleSets.getInstanceView(GROUP, 'web');
    expect(view.virtualMachine?.statusesSummary).toEqual([{ code: 'ProvisioningState/succeeded', count: 5 }]);
    expect(view.statuses?.[0]?.displayStatus).toBe('Provisioning succeeded');
    const sizes = (await all(virtualMachineScaleSets.listSkus(GROUP, 'web'))).map((size) => size.sku?.name);
    expect(sizes).toContain('Standard_D4s_v5');
    expect(await all(virtualMachineScaleSets.listOSUpgradeHistory(GROUP, 'web'))).toEqual([]);
    await expect(virtualMachineScaleSetRollingUpgrades.getLatest(GROUP, 'web')).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('pages through instances and keeps $expand on every page (arm-vmss.md 2.2)', async () => {
    await using http = await serveLab(startLab({ count: 7, profile: { pageSize: 3 } }));
    const { virtualMachineScaleSetVMs } = http.client;
    const options = { expand: 'instanceView' };
    const pages = await all(virtualMachineScaleSetVMs.list(GROUP, 'web', options).byPage());
    expect(pages.map((page) => page.map((instance) => instance.instanceId))).toEqual([
      ['0', '1', '2'],
      ['3', '4', '5'],
      ['6'],
    ]);
    const domains = pages.flat().map((instance) => instance.instanceView?.platformUpdateDomain);
    expect(domains).toEqual([0, 1, 2, 3, 4, 0, 1]);
  });

  it('reads one instance and its view', async () => {
    await using http = await serveLab(startLab());
    const { virtualMachineScaleSetVMs } = http.client;
    const instance = await virtualMachineScaleSetVMs.get(GROUP, 'web', '3', { expand: 'instanceView' });
    expect(instance.storageProfile?.imageReference?.exactVersion).toBe(OLD);
    expect(instance.instanceView?.vmHealth?.status?.code).toBe('HealthState/healthy');
    const view = await virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', '3');
    expect(view.statuses?.map((status) => status.code)).toEqual([
      'ProvisioningState/succeeded',
      'PowerState/running',
    ]);
    await expect(virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', '99')).rejects.toMatchObject({
      statusCode: 404,
      code: 'NotFound',
      message: 'The entity was not found in this Azure location.',
    });
  });

  it('updates the model and finds the operation again in another client', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets } = http.client;
    const poller = virtualMachineScaleSets.update(GROUP, 'web', {
      virtualMachineProfile: { storageProfile: { imageReference: { version: NEW } } },
    });
    await poller.submitted();
    const state = await poller.serialize();
    lab.pass(60);

    await using other = await serveLab(lab);
    const restored = restorePoller(http.client, state, other.client.virtualMachineScaleSets.update);
    await restored.poll();
    expect(restored.isDone).toBe(true);
    const set = await virtualMachineScaleSets.get(GROUP, 'web');
    expect(set.virtualMachineProfile?.storageProfile?.imageReference?.version).toBe(NEW);
    expect(set.etag).toBe('"2"');
  });

  it('upgrades an instance and polls until the operation ends', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets, virtualMachineScaleSetVMs } = http.client;
    await lab.moveModel();
    const poller = virtualMachineScaleSets.updateInstances(GROUP, 'web', { instanceIds: ['2'] });
    await poller.submitted();
    await poller.poll();
    expect(poller.operationState?.status).toBe('running');
    lab.pass(300);
    await poller.poll();
    expect(poller.operationState?.status).toBe('succeeded');
    const instance = await virtualMachineScaleSetVMs.get(GROUP, 'web', '2');
    expect(instance).toMatchObject({
      latestModelApplied: true,
      storageProfile: { imageReference: { exactVersion: NEW } },
    });
  });

  it('reads the image catalogue, newest first on request (arm-vmss.md 2)', async () => {
    await using http = await serveLab(startLab());
    const { virtualMachineImages: images } = http.client;
    const at = ['westeurope', 'Canonical', '0001-com-ubuntu-server-jammy', '22_04-lts-gen2'] as const;
    expect((await images.listPublishers(at[0])).map(({ name }) => name)).toContain('Canonical');
    expect((await images.listOffers(at[0], at[1])).map(({ name }) => name)).toContain(at[2]);
    expect((await images.listSkus(at[0], at[1], at[2])).map(({ name }) => name)).toContain(at[3]);
    const newest = await images.list(...at, { top: 1, orderby: 'name desc' });
    expect(newest.map(({ name }) => name)).toEqual([NEW]);
    expect(newest[0]?.id).toBe(
      `/Subscriptions/${SUBSCRIPTION}/Providers/Microsoft.Compute/Locations/westeurope/Publishers/Canonical` +
        `/ArtifactTypes/VMImage/Offers/${at[2]}/Skus/${at[3]}/Versions/${NEW}`,
    );
    // Sends the key `$expand` twice (arm-vmss.md 1.3); what it asks for is newer than the specification.
    const doubled = await images.listWithProperties(...at, 'Properties', { top: 1, orderby: 'name desc' });
    expect(doubled.map(({ name }) => name)).toEqual([NEW]);
    const image = await images.get(...at, NEW);
    expect(image).toMatchObject({
      name: NEW,
      architecture: 'x64',
      imageDeprecationStatus: { imageState: 'Active' },
    });
    await expect(images.listOffers(at[0], 'fooBAR')).rejects.toMatchObject({
      statusCode: 404,
      message: 'Publisher: fooBAR was not found.',
    });
  });

  it('gets refusals in the shape of RestError', async () => {
    await using http = await serveLab(startLab());
    const { virtualMachineScaleSets } = http.client;
    await expect(virtualMachineScaleSets.get(GROUP, 'nope')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
      message: expect.stringContaining(`under resource group '${GROUP}' was not found`),
    });
    const poller = virtualMachineScaleSets.updateInstances(GROUP, 'web', { instanceIds: ['2143'] });
    await expect(poller.submitted()).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidParameter',
      message: 'The provided instanceId 2143 is not an active Virtual Machine Scale Set VM instanceId.',
    });
  });

  it('finds paths in any case, and the subscription', async () => {
    await using http = await serveLab(startLab());
    const path = SET.replace('resourceGroups', 'resourcegroups').toUpperCase();
    const answer = await fetch(`${http.url}${path}/VIRTUALMACHINES/1?api-version=2019-03-01`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ instanceId: '1' });
    const subscriptions = await fetch(`${http.url}/subscriptions?api-version=2022-12-01`);
    expect(await subscriptions.json()).toMatchObject({ value: [{ subscriptionId: SUBSCRIPTION }] });
  });
});
