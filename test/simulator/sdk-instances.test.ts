import { describe, expect, it } from 'vitest';
import { carryOut, changesOf, GROUP, NEW, OLD, serveLab, SET, startLab, type HttpLab } from './lab.ts';

const power = async (http: HttpLab, id: string): Promise<string | undefined> => {
  const view = await http.client.virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', id);
  return view.statuses?.find((status) => status.code?.startsWith('PowerState'))?.code;
};

describe('actions on a scale set, through the SDK (arm-vmss.md 2)', () => {
  it('reimage gives the named instances a new disk from the newest image of their model', async () => {
    const lab = startLab({
      image: {
        publisher: 'Canonical',
        offer: '0001-com-ubuntu-server-jammy',
        sku: '22_04-lts-gen2',
        version: 'latest',
      },
    });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets, virtualMachineScaleSetVMs } = http.client;
    lab.sim.publishImage({ version: '22.04.202612090' });
    const before = await virtualMachineScaleSetVMs.get(GROUP, 'web', '1');
    expect(before.storageProfile?.imageReference?.exactVersion).toBe(NEW);
    await carryOut(
      lab,
      virtualMachineScaleSets.reimage(GROUP, 'web', { vmScaleSetReimageInput: { instanceIds: ['1'] } }),
    );
    const after = await virtualMachineScaleSetVMs.get(GROUP, 'web', '1');
    expect(after.storageProfile?.imageReference?.exactVersion).toBe('22.04.202612090');
    expect(after.storageProfile?.osDisk?.name).not.toBe(before.storageProfile?.osDisk?.name);
    expect(after.latestModelApplied).toBe(true);
    expect(lab.sim.scaleSet('web')?.instances.map(({ image }) => image)).toEqual([
      NEW,
      '22.04.202612090',
      NEW,
      NEW,
      NEW,
    ]);
  });

  it('reimageAll without ids reaches everybody, and makes the data disks of the model anew', async () => {
    const lab = startLab({ count: 2 });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets, virtualMachineScaleSetVMs } = http.client;
    const profile = { storageProfile: { dataDisks: [{ lun: 0, createOption: 'Empty', diskSizeGB: 8 }] } };
    await carryOut(lab, virtualMachineScaleSets.update(GROUP, 'web', { virtualMachineProfile: profile }));
    await carryOut(lab, virtualMachineScaleSets.reimageAll(GROUP, 'web'));
    expect(changesOf(lab, '0', 'actionStarted')).toHaveLength(1);
    expect(changesOf(lab, '1', 'actionStarted')).toHaveLength(1);
    const disks = (await virtualMachineScaleSetVMs.get(GROUP, 'web', '0')).storageProfile?.dataDisks;
    expect(disks).toEqual([]);
    await carryOut(lab, virtualMachineScaleSets.updateInstances(GROUP, 'web', { instanceIds: ['*'] }));
    await carryOut(
      lab,
      virtualMachineScaleSets.reimageAll(GROUP, 'web', { vmInstanceIDs: { instanceIds: ['0'] } }),
    );
    const made = (await virtualMachineScaleSetVMs.get(GROUP, 'web', '0')).storageProfile?.dataDisks;
    expect(made?.map(({ lun, diskSizeGB }) => ({ lun, diskSizeGB }))).toEqual([{ lun: 0, diskSizeGB: 8 }]);
  });

  it('stops, starts, restarts, redeploys, reapplies and deallocates', async () => {
    const lab = startLab({ count: 3 });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    await carryOut(lab, sets.powerOff(GROUP, 'web', { vmInstanceIDs: { instanceIds: ['0'] } }));
    expect([await power(http, '0'), await power(http, '1')]).toEqual([
      'PowerState/stopped',
      'PowerState/running',
    ]);
    expect(lab.serving()).toBe(2);
    await carryOut(lab, sets.start(GROUP, 'web'));
    expect(lab.serving()).toBe(3);
    await carryOut(lab, sets.restart(GROUP, 'web', { vmInstanceIDs: { instanceIds: ['1', '2'] } }));
    await carryOut(lab, sets.redeploy(GROUP, 'web', { vmInstanceIDs: { instanceIds: ['2'] } }));
    expect(changesOf(lab, '2', 'power')).toEqual([
      'stopping',
      'stopped',
      'starting',
      'running',
      'stopping',
      'stopped',
      'starting',
      'running',
    ]);
    await carryOut(lab, sets.reapply(GROUP, 'web'));
    expect(lab.serving()).toBe(3);
    await carryOut(lab, sets.deallocate(GROUP, 'web'));
    expect([await power(http, '0'), await power(http, '2')]).toEqual([
      'PowerState/deallocated',
      'PowerState/deallocated',
    ]);
    const view = await http.client.virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', '0');
    expect([view.vmAgent, view.extensions, view.computerName]).toEqual([undefined, undefined, undefined]);
  });

  it('powers off faster without the shutdown of the guest (arm-vmss.md 4)', async () => {
    const seconds = async (skipShutdown: boolean): Promise<number> => {
      const lab = startLab({ count: 1 });
      await using http = await serveLab(lab);
      await carryOut(lab, http.client.virtualMachineScaleSets.powerOff(GROUP, 'web', { skipShutdown }));
      const times = lab.sim.log.filter((entry) => entry.kind === 'operation').map(({ time }) => time);
      return (times[1] ?? 0) - (times[0] ?? 0);
    };
    expect(await seconds(true)).toBeLessThan(await seconds(false));
  });

  it('deallocates with hibernation only where the model allows it', async () => {
    const plain = startLab({ count: 1 });
    await using first = await serveLab(plain);
    const refused = first.client.virtualMachineScaleSets.deallocate(GROUP, 'web', { hibernate: true });
    await expect(refused.submitted()).rejects.toMatchObject({ statusCode: 409, code: 'OperationNotAllowed' });
    const lab = startLab({ count: 1, properties: { additionalCapabilities: { hibernationEnabled: true } } });
    await using http = await serveLab(lab);
    await carryOut(lab, http.client.virtualMachineScaleSets.deallocate(GROUP, 'web', { hibernate: true }));
    const view = await http.client.virtualMachineScaleSetVMs.getInstanceView(GROUP, 'web', '0');
    expect(view.statuses?.map(({ code }) => code)).toContain('HibernationState/Hibernated');
  });

  it('deletes instances, and the capacity goes down with them (recorded: create_and_modify)', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    await carryOut(lab, sets.deleteInstances(GROUP, 'web', { instanceIds: ['1', '3'] }));
    expect((await sets.get(GROUP, 'web')).sku?.capacity).toBe(3);
    expect((await sets.getInstanceView(GROUP, 'web')).virtualMachine?.statusesSummary).toEqual([
      { code: 'ProvisioningState/succeeded', count: 3 },
    ]);
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).toEqual(['0', '2', '4']);
    const unknown = sets.deleteInstances(GROUP, 'web', { instanceIds: ['1'] });
    await expect(unknown.submitted()).rejects.toMatchObject({ statusCode: 400, code: 'InvalidParameter' });
  });
});

describe('actions on one instance, through the SDK (arm-vmss.md 2)', () => {
  it('do to it what the set level does to many', async () => {
    const lab = startLab({ count: 2 });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    const at = [GROUP, 'web', '0'] as const;
    await carryOut(lab, vms.powerOff(...at));
    expect(await power(http, '0')).toBe('PowerState/stopped');
    await carryOut(lab, vms.start(...at));
    await carryOut(lab, vms.restart(...at));
    await carryOut(lab, vms.redeploy(...at));
    await carryOut(lab, vms.reimage(...at));
    await carryOut(lab, vms.reimageAll(...at));
    expect(await power(http, '0')).toBe('PowerState/running');
    await carryOut(lab, vms.deallocate(...at));
    expect(await power(http, '0')).toBe('PowerState/deallocated');
    expect(changesOf(lab, '0', 'actionStarted')).toHaveLength(7);
    expect(changesOf(lab, '1', 'actionStarted')).toEqual([]);
    await carryOut(lab, vms.delete(...at));
    expect(lab.sim.scaleSet('web')?.instances.map(({ instanceId }) => instanceId)).toEqual(['1']);
    await vms.delete(...at);
    const gone = vms.start(...at);
    await expect(gone.submitted()).rejects.toMatchObject({ statusCode: 404, code: 'NotFound' });
  });

  it('protect it from actions on the set, not from actions on itself (arm-vmss.md 3.3)', async () => {
    const lab = startLab({ count: 2 });
    await using http = await serveLab(lab);
    const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: vms } = http.client;
    const read = await vms.get(GROUP, 'web', '1');
    expect(read.protectionPolicy).toBeUndefined();
    const protectionPolicy = { protectFromScaleIn: true, protectFromScaleSetActions: true };
    const written = await carryOut(lab, vms.update(GROUP, 'web', '1', { ...read, protectionPolicy }));
    expect(written.protectionPolicy).toEqual(protectionPolicy);
    await lab.moveModel();
    await carryOut(lab, sets.updateInstances(GROUP, 'web', { instanceIds: ['*'] }));
    await carryOut(lab, sets.reimage(GROUP, 'web'));
    expect(lab.sim.scaleSet('web')?.instances.map(({ image }) => image)).toEqual([NEW, OLD]);
    await carryOut(lab, vms.restart(GROUP, 'web', '1'));
    expect(changesOf(lab, '1', 'actionStarted')).toHaveLength(2);
    const half = { protectFromScaleIn: false, protectFromScaleSetActions: true };
    const refused = vms.update(GROUP, 'web', '1', { location: 'westeurope', protectionPolicy: half });
    await expect(refused.submitted()).rejects.toMatchObject({ statusCode: 400 });
  });

  it('attach and detach disks by PUT as recorded, and refuse a stale etag (update_instance_disks)', async () => {
    const lab = startLab({ count: 2 });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    const id = `/subscriptions/x/resourceGroups/${GROUP}/providers/Microsoft.Compute/disks/d1`;
    const read = await vms.get(GROUP, 'web', '1');
    const dataDisks = [
      { lun: 0, caching: 'ReadWrite', createOption: 'Attach', managedDisk: { id } },
    ] as const;
    const body = { ...read, storageProfile: { ...read.storageProfile, dataDisks: [...dataDisks] } };
    const written = await carryOut(lab, vms.update(GROUP, 'web', '1', body));
    expect(written.storageProfile?.dataDisks).toEqual([
      expect.objectContaining({
        lun: 0,
        name: 'd1',
        createOption: 'Attach',
        caching: 'ReadWrite',
        toBeDetached: false,
      }),
    ]);
    expect(written.modelDefinitionApplied).toBe('VirtualMachineScaleSet');
    const stale = vms.update(GROUP, 'web', '1', read, { ifMatch: String(read.etag) });
    await expect(stale.submitted()).rejects.toMatchObject({ statusCode: 412, code: 'PreconditionFailed' });
    const taken = vms.update(GROUP, 'web', '0', body);
    await expect(taken.submitted()).rejects.toMatchObject({ statusCode: 409 });
    const detaching = vms.update(GROUP, 'web', '1', read);
    await detaching.submitted();
    const meanwhile = await vms.get(GROUP, 'web', '1');
    expect(meanwhile.storageProfile?.dataDisks).toMatchObject([{ name: 'd1', toBeDetached: true }]);
    lab.pass(60);
    expect((await detaching.pollUntilDone()).storageProfile?.dataDisks).toEqual([]);
  });

  it('attach and detach disks by POST; the result is the storage profile', async () => {
    const lab = startLab({ count: 1 });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    const disk = (name: string): string =>
      `/subscriptions/x/resourceGroups/${GROUP}/providers/Microsoft.Compute/disks/${name}`;
    const attached = await carryOut(
      lab,
      vms.attachDetachDataDisks(GROUP, 'web', '0', {
        dataDisksToAttach: [{ diskId: disk('d1') }, { diskId: disk('d2') }],
      }),
    );
    expect(attached.dataDisks?.map(({ lun, name }) => [lun, name])).toEqual([
      [0, 'd1'],
      [1, 'd2'],
    ]);
    const detached = await carryOut(
      lab,
      vms.attachDetachDataDisks(GROUP, 'web', '0', {
        dataDisksToDetach: [{ diskId: disk('d1') }],
      }),
    );
    expect(detached.dataDisks?.map(({ name }) => name)).toEqual(['d2']);
    const absent = vms.attachDetachDataDisks(GROUP, 'web', '0', {
      dataDisksToDetach: [{ diskId: disk('d9') }],
    });
    await expect(absent.submitted()).rejects.toMatchObject({ statusCode: 400 });
  });

  it('keep their disks when a write of them fails or is left out, and show what was asked of a disk', async () => {
    const lab = startLab({
      count: 1,
      faults: [
        { kind: 'operationFails', operation: 'attachDetachDataDisks', nth: 2, changed: false },
        { kind: 'silentlySkips', operation: 'attachDetachDataDisks', nth: 3 },
      ],
    });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    const disk = (name: string): string =>
      `/subscriptions/x/resourceGroups/${GROUP}/providers/Microsoft.Compute/disks/${name}`;
    const disks = async () => {
      lab.pass(60);
      const { storageProfile, provisioningState } = await vms.get(GROUP, 'web', '0');
      const shown = storageProfile?.dataDisks ?? [];
      return [provisioningState, ...shown.map(({ name, toBeDetached }) => `${name} ${toBeDetached}`)];
    };
    await carryOut(
      lab,
      vms.attachDetachDataDisks(GROUP, 'web', '0', {
        dataDisksToAttach: [{ diskId: disk('d1'), caching: 'ReadOnly', deleteOption: 'Delete' }],
      }),
    );
    const before = await vms.get(GROUP, 'web', '0');
    expect(before.storageProfile?.dataDisks).toMatchObject([
      { name: 'd1', caching: 'ReadOnly', deleteOption: 'Delete' },
    ]);
    const change = {
      dataDisksToAttach: [{ diskId: disk('d2') }],
      dataDisksToDetach: [{ diskId: disk('d1') }],
    };
    await expect(carryOut(lab, vms.attachDetachDataDisks(GROUP, 'web', '0', change))).rejects.toThrow(
      /failed/,
    );
    expect(await disks()).toEqual(['Failed', 'd1 false']);
    await carryOut(lab, vms.attachDetachDataDisks(GROUP, 'web', '0', change));
    expect(await disks()).toEqual(['Failed', 'd1 false']);
  });

  it('evict Spot instances only, as their policy says (recorded: simulate_eviction)', async () => {
    await using regular = await serveLab(startLab());
    await expect(
      regular.client.virtualMachineScaleSetVMs.simulateEviction(GROUP, 'web', '2'),
    ).rejects.toMatchObject({
      statusCode: 409,
      code: 'OperationNotAllowed',
      message: "Operation 'simulateEviction' is allowed only for Spot Virtual Machines",
    });
    const deallocating = startLab({ profile: { viewLagSeconds: [0, 0] }, spot: 'Deallocate' });
    await using first = await serveLab(deallocating);
    await first.client.virtualMachineScaleSetVMs.simulateEviction(GROUP, 'web', '2');
    deallocating.pass(120);
    expect(await power(first, '2')).toBe('PowerState/deallocated');
    const deleting = startLab({ spot: 'Delete' });
    await using second = await serveLab(deleting);
    await second.client.virtualMachineScaleSetVMs.simulateEviction(GROUP, 'web', '0');
    deleting.pass(120);
    await expect(power(second, '0')).rejects.toMatchObject({ statusCode: 404, code: 'NotFound' });
    const spot = await deleting.call('GET', `${SET}/virtualMachines/1`);
    expect(spot.body.properties).toMatchObject({
      priority: 'Spot',
      evictionPolicy: 'Delete',
      billingProfile: { maxPrice: -1 },
    });
  });
});
