import type { VirtualMachineScaleSet } from '@azure/arm-compute';
import { describe, expect, it } from 'vitest';
import { carryOut, GROUP, NEW, OLD, serveLab, SET, startLab } from './lab.ts';

const OFFER = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };

const body = (capacity: number): VirtualMachineScaleSet => ({
  location: 'westeurope',
  sku: { name: 'Standard_DS1_v2', capacity },
  overprovision: false,
  upgradePolicy: { mode: 'Manual' },
  virtualMachineProfile: {
    osProfile: { computerNamePrefix: 'made', adminUsername: 'me', adminPassword: 'secret' },
    storageProfile: { imageReference: { ...OFFER, version: 'latest' } },
    networkProfile: {
      networkInterfaceConfigurations: [
        { name: 'nic', primary: true, ipConfigurations: [{ name: 'ip', subnet: { id: '/x/subnets/a' } }] },
      ],
    },
  },
});

describe('PUT of a scale set, through the SDK (arm-vmss.md 2, 3.3)', () => {
  it('creates one with what the service fills in, and makes its instances', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const creating = sets.createOrUpdate(GROUP, 'made', body(3));
    await creating.submitted();
    expect((await sets.get(GROUP, 'made')).provisioningState).toBe('Creating');
    lab.pass(600);
    const made = await creating.pollUntilDone();
    expect(made).toMatchObject({
      provisioningState: 'Succeeded',
      orchestrationMode: 'Uniform',
      singlePlacementGroup: true,
      platformFaultDomainCount: 5,
      doNotRunExtensionsOnOverprovisionedVMs: false,
      sku: { name: 'Standard_DS1_v2', tier: 'Standard', capacity: 3 },
      virtualMachineProfile: {
        storageProfile: {
          imageReference: { ...OFFER, version: 'latest' },
          osDisk: {
            osType: 'Linux',
            createOption: 'FromImage',
            managedDisk: { storageAccountType: 'Premium_LRS' },
            diskSizeGB: 30,
          },
        },
      },
    });
    expect(made.virtualMachineProfile?.osProfile?.adminPassword).toBeUndefined();
    const instances = lab.sim.scaleSet('made')?.instances;
    expect(instances?.map(({ instanceId, image, serving }) => [instanceId, image, serving])).toEqual([
      ['0', NEW, true],
      ['1', NEW, true],
      ['2', NEW, true],
    ]);
  });

  it('lists fresh instances as Updating for a while after the creation succeeded (recorded: reimage)', async () => {
    const lab = startLab({ seed: 2 });
    await using http = await serveLab(lab);
    const creating = http.client.virtualMachineScaleSets.createOrUpdate(GROUP, 'made', body(8));
    await creating.submitted();
    const states = (): Set<string> =>
      new Set(lab.sim.scaleSet('made')?.instances.map(({ provisioningState }) => provisioningState));
    const isOver = (): boolean => lab.sim.scaleSet('made')?.provisioningState === 'Succeeded';
    while (!isOver()) lab.pass(1);
    expect(states()).toEqual(new Set(['Updating', 'Succeeded']));
    lab.pass(90);
    expect(states()).toEqual(new Set(['Succeeded']));
  });

  it('answers 201 without Location to a new set and 200 to a known one; headers as recorded', async () => {
    const lab = startLab();
    const path = SET.replace(/web$/, 'raw');
    const whole = {
      location: 'westeurope',
      sku: { name: 'Standard_DS1_v2', capacity: 1 },
      properties: {
        virtualMachineProfile: { storageProfile: { imageReference: { ...OFFER, version: OLD } } },
      },
    };
    const first = await lab.call('PUT', path, whole, { 'if-none-match': '*' });
    expect([
      first.status,
      first.headers.get('location'),
      first.headers.get('azure-asyncnotification'),
    ]).toEqual([201, null, 'Enabled']);
    expect(first.headers.get('etag')).toBe(first.body.etag);
    lab.pass(600);
    const second = await lab.call('PUT', path, whole);
    expect([second.status, second.headers.get('location')]).toEqual([200, null]);
    expect((await lab.call('PUT', path, whole, { 'if-none-match': '*' })).status).toBe(412);
    expect((await lab.call('PUT', path, whole, { 'if-none-match': '"1"' })).status).toBe(400);
    expect((await lab.call('PUT', path, whole, { 'if-match': '"99"' })).status).toBe(412);
    expect((await lab.call('PUT', SET.replace(/web$/, 'no'), whole, { 'if-match': '*' })).status).toBe(412);
  });

  it('keeps what the body leaves out and ignores what only the service writes (create_and_modify)', async () => {
    const lab = startLab();
    const before = await lab.call('GET', SET);
    const sku = { ...before.body.sku, capacity: 4 };
    const answer = await lab.call('PUT', SET, {
      location: 'westeurope',
      sku,
      etag: '"77"',
      properties: { provisioningState: 'Failed', uniqueId: 'mine', singlePlacementGroup: null },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...before.body,
      sku,
      etag: answer.body.etag,
      properties: { ...before.body.properties, provisioningState: 'Updating' },
    });
    lab.pass(120);
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(4);
    const elsewhere = await lab.call('PUT', SET, { location: 'northeurope' });
    expect([elsewhere.status, elsewhere.body.error.target]).toEqual([409, 'location']);
  });

  it('makes more instances than asked for where it overprovisions, and takes the slowest away (create_and_modify)', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const creating = http.client.virtualMachineScaleSets.createOrUpdate(GROUP, 'made', {
      ...body(5),
      overprovision: true,
    });
    await creating.submitted();
    expect(lab.sim.scaleSet('made')?.instances).toHaveLength(8);
    lab.pass(600);
    await creating.pollUntilDone();
    expect(lab.sim.scaleSet('made')?.instances).toHaveLength(5);
    expect((await http.client.virtualMachineScaleSets.get(GROUP, 'made')).sku?.capacity).toBe(5);
  });

  it('refuses what the service refuses', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const refusal = async (group: string, asked: VirtualMachineScaleSet): Promise<unknown> =>
      sets
        .createOrUpdate(group, 'made', asked)
        .submitted()
        .then(
          () => 'accepted',
          (error: unknown) => error,
        );
    expect(await refusal('nowhere', body(1))).toMatchObject({
      statusCode: 404,
      code: 'ResourceGroupNotFound',
    });
    expect(await refusal(GROUP, { ...body(1), location: '' })).toMatchObject({ statusCode: 400 });
    expect(await refusal(GROUP, body(101))).toMatchObject({ statusCode: 400, code: 'InvalidParameter' });
    expect(await refusal(GROUP, { ...body(1), upgradePolicy: { mode: 'Rolling' } })).toMatchObject({
      statusCode: 400,
      message:
        'Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.',
    });
    const osUpgrade = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } };
    expect(
      await refusal(GROUP, { ...body(1), upgradePolicy: { mode: 'Manual', ...osUpgrade } }),
    ).toMatchObject({
      statusCode: 400,
      message:
        'Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.',
    });
  });

  it('spreads instances over zones, and over placement groups of a hundred', async () => {
    const lab = startLab({ count: 250, zones: ['1', '2'] });
    const views = await Promise.all(['0', '1', '99', '100', '249'].map((id) => lab.view(id)));
    const groups = views.map(({ body: view }) => view.placementGroupId);
    expect([
      groups[0] === groups[1],
      groups[1] === groups[2],
      groups[2] === groups[3],
      groups[3] === groups[4],
    ]).toEqual([true, true, false, false]);
    const page = await lab.list();
    expect(page.body.value.slice(0, 3).map(({ zones }: { zones: string[] }) => zones)).toEqual([
      ['1'],
      ['2'],
      ['1'],
    ]);
  });
});

describe('DELETE of a scale set, through the SDK', () => {
  it('takes it away with all its instances; meanwhile it takes no other write (arm-vmss.md 3.4)', async () => {
    const lab = startLab({ protectedInstances: ['0'] });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const deleting = sets.delete(GROUP, 'web');
    await deleting.submitted();
    expect((await lab.call('DELETE', SET)).status).toBe(202);
    const write = sets.update(GROUP, 'web', { tags: { a: 'b' } });
    await expect(write.submitted()).rejects.toMatchObject({
      statusCode: 409,
      code: 'OperationNotAllowed',
      message: expect.stringContaining('since it is marked for deletion'),
    });
    lab.pass(120);
    await deleting.pollUntilDone();
    await expect(sets.get(GROUP, 'web')).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    expect((await lab.call('DELETE', SET)).status).toBe(204);
    const list = await lab.call('GET', SET.replace(/\/web$/, ''));
    expect([list.status, list.body]).toEqual([200, { value: [] }]);
    const left = lab.sim.log.filter((entry) => entry.kind === 'instance' && entry.change === 'deleted');
    expect(left).toHaveLength(5);
  });

  it('waits for the terminate notification where the model has one (arm-vmss.md 3.3)', async () => {
    const terminateNotificationProfile = { enable: true, notBeforeTimeout: 'PT5M' };
    const lab = startLab({ vmProfile: { scheduledEventsProfile: { terminateNotificationProfile } } });
    await lab.patch({ sku: { capacity: 4 } });
    lab.pass(290);
    expect(lab.serving()).toBe(5);
    lab.pass(120);
    expect(lab.serving()).toBe(4);
    await lab.call('DELETE', SET);
    lab.pass(290);
    expect(lab.serving()).toBe(4);
    lab.pass(120);
    expect(lab.sim.scaleSet('web')).toBeUndefined();
  });
});

describe('extensions as resources, through the SDK (arm-vmss.md 2)', () => {
  const extension = {
    publisher: 'Microsoft.Azure.Extensions',
    typePropertiesType: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: { fileUris: ['https://example/a'] },
    protectedSettings: { key: 'secret' },
  };

  it('are listed, read, added, changed and deleted; each change is a new model', async () => {
    const lab = startLab({ count: 2 });
    await using http = await serveLab(lab);
    const resources = http.client.virtualMachineScaleSetExtensions;
    const names = async (): Promise<(string | undefined)[]> => {
      const found: (string | undefined)[] = [];
      for await (const { name } of resources.list(GROUP, 'web')) found.push(name);
      return found;
    };
    expect(await names()).toEqual(['HealthExtension']);
    const added = await carryOut(lab, resources.createOrUpdate(GROUP, 'web', 'app', extension));
    expect(added).toMatchObject({
      name: 'app',
      typePropertiesType: 'CustomScript',
      provisioningState: 'Succeeded',
    });
    expect(added.protectedSettings).toBeUndefined();
    expect(lab.sim.scaleSet('web')?.instances.map(({ latestModelApplied }) => latestModelApplied)).toEqual([
      false,
      false,
    ]);
    await carryOut(
      lab,
      http.client.virtualMachineScaleSets.updateInstances(GROUP, 'web', { instanceIds: ['*'] }),
    );
    const view = await http.client.virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', '0');
    expect(view.extensions?.map(({ name }) => name)).toEqual(['HealthExtension', 'app']);
    const changed = await carryOut(lab, resources.update(GROUP, 'web', 'app', { forceUpdateTag: '2' }));
    expect(changed).toMatchObject({ forceUpdateTag: '2', settings: extension.settings });
    await carryOut(lab, resources.delete(GROUP, 'web', 'app'));
    expect(await names()).toEqual(['HealthExtension']);
    await expect(resources.get(GROUP, 'web', 'app')).rejects.toMatchObject({ statusCode: 404 });
    await resources.delete(GROUP, 'web', 'app');
  });

  it('answer 201 to a new one and 200 to a known one, whatever If-Match says', async () => {
    const lab = startLab();
    const put = { properties: { publisher: 'P', type: 'T', typeHandlerVersion: '1.0' } };
    const statuses = [];
    for (const name of ['one', 'one']) {
      const header = { 'if-match': '"99"' };
      statuses.push((await lab.call('PUT', `${SET}/extensions/${name}`, put, header)).status);
      lab.pass(60);
    }
    expect(statuses).toEqual([201, 200]);
  });
});
