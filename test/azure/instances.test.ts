import { describe, expect, it } from 'vitest';
import { readResourcePage } from '../../src/azure/instances.ts';
import type { Instance } from '../../src/core/instance/instances.ts';

function anInstance(properties?: object, more: object = {}): Instance | undefined {
  const page = readResourcePage({ value: [{ instanceId: '3', name: 'web_3', properties, ...more }] });
  return page?.items.map(({ instance }) => instance)[0];
}

function viewed(instanceView: object): Instance | undefined {
  return anInstance({ latestModelApplied: true, instanceView });
}

describe('an instance of the VM list', () => {
  it.each([
    [{ linuxConfiguration: { provisionVMAgent: false } }, true],
    [{ windowsConfiguration: { provisionVMAgent: false } }, true],
    [{ linuxConfiguration: { provisionVMAgent: true } }, undefined],
    [{ linuxConfiguration: {} }, undefined],
    [undefined, undefined],
  ])('with the profile %j was made without an agent: %s', (osProfile, isAgentless) => {
    expect(anInstance({ ...(osProfile && { osProfile }) })?.isAgentless).toBe(isAgentless);
  });

  it('shows all that the service sends', () => {
    const time = '2024-08-26T08:55:27.5820824+00:00';
    const instance = anInstance(
      {
        latestModelApplied: true,
        provisioningState: 'Updating',
        modelDefinitionApplied: 'VirtualMachineScaleSet',
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        storageProfile: {
          imageReference: { publisher: 'Canonical', version: 'latest', exactVersion: '22.04.202408010' },
          osDisk: { osType: 'Linux' },
        },
        protectionPolicy: { protectFromScaleIn: true, protectFromScaleSetActions: true },
        instanceView: {
          placementGroupId: 'pg-1',
          platformUpdateDomain: 0,
          platformFaultDomain: 2,
          vmAgent: {
            vmAgentVersion: '2.11.1.4',
            statuses: [
              {
                code: 'ProvisioningState/succeeded',
                displayStatus: 'Ready',
                message: 'Guest Agent is running',
                time,
              },
            ],
          },
          vmHealth: { status: { code: 'HealthState/healthy', level: 'Info', time } },
          statuses: [
            {
              code: 'ProvisioningState/succeeded',
              level: 'Info',
              displayStatus: 'Provisioning succeeded',
              time,
            },
            { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
          ],
        },
      },
      { zones: ['2'], sku: { name: 'Standard_D2s_v4' }, unheardOf: 1 },
    );
    const at = Date.parse('2024-08-26T08:55:27.582Z');
    expect(instance).toEqual({
      instanceId: '3',
      name: 'web_3',
      zone: '2',
      placementGroup: 'pg-1',
      updateDomain: 0,
      faultDomain: 2,
      latestModelApplied: true,
      provisioningState: 'Updating',
      provisioning: { state: 'succeeded', at, message: 'Provisioning succeeded' },
      power: 'running',
      agent: { state: 'succeeded', at, message: 'Guest Agent is running' },
      health: { state: 'healthy', at },
      image: '22.04.202408010',
      isProtected: true,
      vmSize: 'Standard_D2s_v5',
    });
  });

  it('shows its data disks, and which of them are of the model or on their way off', () => {
    const id = (name: string) => ({ managedDisk: { id: `/disks/${name}` } });
    const dataDisks = [
      { lun: 0, name: 'a', createOption: 'Attach', caching: 'None', toBeDetached: false, ...id('a') },
      { lun: 1, name: 'b', createOption: 'Empty', caching: 'ReadWrite', diskSizeGB: 8, ...id('b') },
      { lun: 5, createOption: 'Attach', toBeDetached: true, deleteOption: 'Detach', ...id('c') },
    ];
    expect(anInstance({ storageProfile: { dataDisks } })?.dataDisks).toEqual([
      { diskId: '/disks/a', lun: 0, caching: 'None' },
      { diskId: '/disks/b', lun: 1, caching: 'ReadWrite', isOfModel: true },
      { diskId: '/disks/c', lun: 5, deleteOption: 'Detach', isLeaving: true },
    ]);
    expect(anInstance({ storageProfile: { dataDisks: [] } })?.dataDisks).toBeUndefined();
  });

  it('may be bare, as on a Flexible scale set', () => {
    expect(anInstance(undefined, { zones: ['1'] })).toEqual({
      instanceId: '3',
      name: 'web_3',
      zone: '1',
      latestModelApplied: false,
      provisioningState: '',
      image: '',
      isProtected: false,
    });
  });

  it.each([null, [null], [], 'x'])('is in no zone when its zones are %j', (zones) => {
    expect(anInstance({}, { zones })).not.toHaveProperty('zone');
  });

  it('shows the rest when one part cannot be read', () => {
    const instance = anInstance({
      latestModelApplied: true,
      hardwareProfile: 7,
      protectionPolicy: null,
      instanceView: {
        platformUpdateDomain: 'one',
        platformFaultDomain: 1,
        vmAgent: null,
        extensions: null,
        statuses: [{}, { code: 'PowerState/running', message: null }],
      },
    });
    expect(instance).toMatchObject({
      latestModelApplied: true,
      faultDomain: 1,
      power: 'running',
      isProtected: false,
    });
    expect(instance).not.toHaveProperty('updateDomain');
  });

  it.each([
    { code: 'ProvisioningState/failed/OSProvisioningTimedOut', state: 'failed/OSProvisioningTimedOut' },
    {
      code: 'provisioningState/Creating/osProvisioningInProgress',
      state: 'creating/osProvisioningInProgress',
    },
    { code: 'ProvisioningState/Unavailable', state: 'unavailable' },
  ])('shows $code as $state', ({ code, state }) => {
    expect(viewed({ statuses: [{ code }], vmAgent: { statuses: [{ code }] } })).toMatchObject({
      provisioning: { state },
      agent: { state },
    });
  });

  it.each([
    {
      image: 'exact',
      storageProfile: { imageReference: { id: '/gallery', version: 'latest', exactVersion: 'exact' } },
    },
    { image: '1.0.0', storageProfile: { imageReference: { version: '1.0.0' } } },
    { image: '/images/mine', storageProfile: { imageReference: { id: '/images/mine' } } },
    { image: 'https://x/v.vhd', storageProfile: { osDisk: { image: { uri: 'https://x/v.vhd' } } } },
    // What opens the blob is no part of the image's name, which stands in ledger and answers.
    {
      image: 'https://x/v.vhd?sp=…&sig=…',
      storageProfile: { osDisk: { image: { uri: 'https://x/v.vhd?sp=r&sig=AbC%2B' } } },
    },
    { image: '', storageProfile: { imageReference: null } },
  ])('runs the image "$image"', ({ image, storageProfile }) => {
    expect(anInstance({ storageProfile })?.image).toBe(image);
  });

  it('has no time where the service sends none that can be read', () => {
    const provisioning = { code: 'ProvisioningState/succeeded', time: 'yesterday' };
    expect(viewed({ statuses: [provisioning] })?.provisioning).toEqual({ state: 'succeeded' });
  });

  it.each([null, {}, { value: null }, { value: [{}] }, { value: [{ instanceId: 3 }] }, []])(
    'is not read from %j',
    (body) => {
      expect(readResourcePage(body)).toBeUndefined();
    },
  );
});

describe('health', () => {
  const component = (name: string, result: string, message?: string): object => ({
    code: `ComponentStatus/${name}/${result}`,
    level: 'Info',
    ...(message !== undefined && { message }),
  });
  const extension = (...substatuses: object[]): object => ({
    name: 'health',
    type: 'Microsoft.ManagedServices.ApplicationHealthLinux',
    statuses: [{ code: 'ProvisioningState/succeeded', time: '2024-01-01T00:00:00Z' }],
    substatuses,
  });

  it('is absent where nobody looks', () => {
    const other = {
      name: 'script',
      type: 'Microsoft.Azure.Extensions.CustomScript',
      substatuses: [component('StdOut', 'succeeded', '')],
    };
    expect(viewed({ extensions: [other] })?.health).toBeUndefined();
  });

  it.each([
    { code: 'HealthState/unhealthy', state: 'unhealthy' },
    { code: 'HealthState/Initializing', state: 'initializing' },
    { code: 'HealthState/unknown', state: 'unknown' },
    { code: 'HealthState/fine', state: 'unknown', word: 'fine' },
    { code: 'HealthState', state: 'unknown' },
  ])('is $state by $code', ({ code, ...sign }) => {
    expect(viewed({ vmHealth: { status: { code } } })?.health).toEqual(sign);
  });

  it('is unknown when the view of it is empty', () => {
    expect(viewed({ vmHealth: {} })?.health).toEqual({ state: 'unknown' });
  });

  it("is the service's view, not the extension's, where both exist", () => {
    const extensions = [extension(component('ApplicationHealthState', 'succeeded', 'Healthy'))];
    expect(
      viewed({ vmHealth: { status: { code: 'HealthState/unhealthy' } }, extensions })?.health?.state,
    ).toBe('unhealthy');
  });

  it.each([
    { sub: component('ApplicationHealthState', 'succeeded', 'Healthy'), state: 'healthy' },
    { sub: component('ApplicationHealthState', 'succeeded', 'Unhealthy'), state: 'unhealthy' },
    { sub: component('ApplicationHealthState', 'transitioning', 'Initializing'), state: 'initializing' },
    { sub: component('ApplicationHealthState', 'failed', 'Unknown'), state: 'unknown' },
    { sub: component('ApplicationHealthState', 'succeeded'), state: 'unknown' },
    { sub: component('AppHealthStatus', 'succeeded', 'Application found to be healthy'), state: 'healthy' },
    { sub: component('AppHealthStatus', 'failed', 'Application found to be unhealthy'), state: 'unhealthy' },
    { sub: component('AppHealthStatus', 'succeeded'), state: 'unknown' },
    { sub: component('CustomMetrics', 'succeeded', '{}'), state: 'unknown' },
  ])('is $state by the extension: $sub', ({ sub, state }) => {
    const health = viewed({ extensions: [extension(sub)] })?.health;
    expect(health?.state).toBe(state);
  });

  it("takes the rich state before the binary one, and the extension's time", () => {
    const health = viewed({
      extensions: [
        extension(
          component('AppHealthStatus', 'succeeded', 'Application found to be healthy'),
          component('ApplicationHealthState', 'transitioning', 'Initializing'),
        ),
      ],
    })?.health;
    expect(health).toEqual({
      state: 'initializing',
      at: Date.parse('2024-01-01T00:00:00Z'),
      message: 'Initializing',
    });
  });
});
