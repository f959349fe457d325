import { describe, expect, it } from 'vitest';
import { GROUP, NEW, OLD, operationUrl, SET, startLab, SUBSCRIPTION } from './lab.ts';

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/;

describe('shapes on the wire (arm-vmss.md 2.3)', () => {
  it('a scale set', async () => {
    const { body, headers } = await startLab().call('GET', SET);
    expect(Object.keys(body).sort()).toEqual(
      ['etag', 'id', 'location', 'name', 'properties', 'sku', 'tags', 'type'].sort(),
    );
    expect(body).toMatchObject({
      id: SET,
      type: 'Microsoft.Compute/virtualMachineScaleSets',
      tags: {},
      sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 5 },
      etag: '"1"',
      properties: {
        singlePlacementGroup: true,
        orchestrationMode: 'Uniform',
        platformFaultDomainCount: 5,
        provisioningState: 'Succeeded',
        upgradePolicy: { mode: 'Manual' },
        virtualMachineProfile: {
          extensionProfile: {
            extensions: [
              {
                name: 'HealthExtension',
                properties: { publisher: 'Microsoft.ManagedServices', type: 'ApplicationHealthLinux' },
              },
            ],
          },
        },
      },
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(body.properties.timeCreated).toMatch(STAMP);
    const image = body.properties.virtualMachineProfile.storageProfile.imageReference;
    expect(image).toEqual({
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: OLD,
    });
  });

  it('an instance, whose exact version stands only there', async () => {
    const { body, headers } = await startLab().call('GET', `${SET}/virtualMachines/3`);
    expect(body).toMatchObject({
      name: 'web_3',
      id: `${SET}/virtualMachines/3`,
      type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
      instanceId: '3',
      etag: '"1"',
      properties: {
        latestModelApplied: true,
        modelDefinitionApplied: 'VirtualMachineScaleSet',
        provisioningState: 'Succeeded',
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        storageProfile: { imageReference: { version: OLD, exactVersion: OLD }, dataDisks: [] },
        osProfile: { computerName: 'web000003' },
      },
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(body.properties.storageProfile.osDisk.name).toMatch(/^web_web_3_OsDisk_1_[0-9a-f]{32}$/);
    expect(body.properties).not.toHaveProperty('instanceView');
  });

  it('counts computer names in base 36 (arm-vmss.md 2.3)', async () => {
    const { body } = await startLab({ count: 37 }).call('GET', `${SET}/virtualMachines/36`);
    expect(body.properties.osProfile.computerName).toBe('web000010');
  });

  it('an instance view', async () => {
    const { body } = await startLab().view('3');
    expect(body).toMatchObject({
      platformUpdateDomain: 3,
      platformFaultDomain: 3,
      computerName: 'web000003',
      vmAgent: {
        statuses: [
          { code: 'ProvisioningState/succeeded', displayStatus: 'Ready', message: 'Guest Agent is running' },
        ],
        extensionHandlers: [
          {
            type: 'Microsoft.ManagedServices.ApplicationHealthLinux',
            status: { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready' },
          },
        ],
      },
      vmHealth: { status: { code: 'HealthState/healthy', level: 'Info' } },
      extensions: [
        {
          name: 'HealthExtension',
          statuses: [{ code: 'ProvisioningState/succeeded' }],
          substatuses: [
            { code: 'ComponentStatus/AppHealthStatus/succeeded', message: 'Application found to be healthy' },
            { code: 'ComponentStatus/ApplicationHealthState/succeeded', message: 'Healthy' },
          ],
        },
      ],
      statuses: [
        { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' },
        { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
      ],
    });
    expect(body.statuses[0].time).toMatch(STAMP);
    expect(body.statuses[1]).not.toHaveProperty('time');
  });

  it('has no vmHealth without a health signal (arm-vmss.md 3.1)', async () => {
    const { body } = await startLab({ healthExtension: false }).view('0');
    expect(body).not.toHaveProperty('vmHealth');
    expect(body.statuses[1].code).toBe('PowerState/running');
  });

  it('spreads instances over five update and fault domains', async () => {
    const lab = startLab({ count: 15 });
    const { body } = await lab.list('?$expand=instanceView');
    const domains = body.value.map(({ instanceId, properties }: (typeof body.value)[number]) => [
      instanceId,
      properties.instanceView.platformUpdateDomain,
      properties.instanceView.platformFaultDomain,
    ]);
    expect(domains.slice(0, 6)).toEqual([
      ['0', 0, 0],
      ['1', 1, 1],
      ['2', 2, 2],
      ['3', 3, 3],
      ['4', 4, 4],
      ['5', 0, 0],
    ]);
    expect(domains).toHaveLength(15);
  });

  it('spreads a zonal set over zones, each with update domains of its own', () => {
    const { instances = [] } = startLab({ count: 6, zones: ['1', '2', '3'] }).sim.scaleSet('web') ?? {};
    expect(instances.map(({ zone, updateDomain }) => `${zone}/${updateDomain}`)).toEqual([
      '1/0',
      '2/0',
      '3/0',
      '1/1',
      '2/1',
      '3/1',
    ]);
  });
});

describe('options of the instance list (arm-vmss.md 2.2)', () => {
  it('$select=instanceView leaves only ids and the view', async () => {
    const { body } = await startLab().list('?$select=instanceView');
    expect(Object.keys(body.value[0]).sort()).toEqual(['id', 'instanceId', 'properties']);
    expect(Object.keys(body.value[0].properties).sort()).toEqual([
      'hardwareProfile',
      'instanceView',
      'latestModelApplied',
      'provisioningState',
    ]);
    expect(body.value[0].properties.instanceView.vmHealth.status.code).toBe('HealthState/healthy');
  });

  it('$select=instanceView/statuses leaves only the statuses', async () => {
    const { body } = await startLab().list('?$select=instanceView%2Fstatuses');
    expect(Object.keys(body.value[0].properties.instanceView)).toEqual(['statuses']);
  });

  it('$filter knows the three documented forms and refuses others', async () => {
    const lab = startLab();
    await lab.moveModel();
    await lab.upgrade('1');
    lab.pass(300);
    const ids = async (filter: string): Promise<string[]> => {
      const { body } = await lab.list(`?%24filter=${encodeURIComponent(filter)}`);
      return body.value.map((instance: { instanceId: string }) => instance.instanceId);
    };
    expect(await ids('properties/latestModelApplied eq true')).toEqual(['1']);
    expect(await ids('properties/latestModelApplied eq false')).toEqual(['0', '2', '3', '4']);
    expect(await ids("startswith(instanceView/statuses/code, 'PowerState') eq true")).toHaveLength(5);
    expect((await lab.list('?$filter=name%20eq%201')).status).toBe(400);
  });

  it('carries filter and expand in nextLink, absolute and with the host of the request', async () => {
    const lab = startLab({ count: 4, profile: { pageSize: 2 } });
    const filter = encodeURIComponent('properties/latestModelApplied eq true');
    const first = await lab.list(`?$expand=instanceView&$filter=${filter}`);
    const next = new URL(first.body.nextLink);
    expect(next.origin).toBe('https://management.azure.com');
    expect(next.searchParams.get('$filter')).toBe('properties/latestModelApplied eq true');
    const second = await lab.call('GET', first.body.nextLink);
    expect(second.body.value.map((instance: { instanceId: string }) => instance.instanceId)).toEqual([
      '2',
      '3',
    ]);
    expect(second.body.value[0].properties).toHaveProperty('instanceView');
    expect(second.body).not.toHaveProperty('nextLink');
  });
});

describe('the front door', () => {
  it.for([
    [
      'GET',
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.Compute/snapshots`,
      404,
    ],
    ['POST', `${SET}/explode`, 404],
    ['GET', SET.replace(GROUP, 'nowhere'), 404],
    ['GET', SET.replace('/web', '/nope'), 404],
    ['GET', SET.replace(SUBSCRIPTION, '11111111-1111-4111-8111-111111111111'), 404],
  ] as const)('%s %s is %i', async ([method, path, status]) => {
    const answer = await startLab().call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual({ code: expect.any(String), message: expect.any(String) });
  });

  it('asks for an api-version, whichever it is', async () => {
    const { sim } = startLab();
    const without = await sim.fetch(new Request(`https://management.azure.com${SET}`));
    expect(without.status).toBe(400);
    expect(await without.json()).toMatchObject({ error: { code: 'MissingApiVersionParameter' } });
    const unknown = await sim.fetch(new Request(`https://management.azure.com${SET}?api-version=2099-01-01`));
    expect(unknown.status).toBe(200);
  });

  it('refuses a body that is no JSON, and takes an empty one', async () => {
    const { sim } = startLab();
    const url = `https://management.azure.com${SET}/manualupgrade?api-version=2024-07-01`;
    const broken = await sim.fetch(new Request(url, { method: 'POST', body: '{"instanceIds":[' }));
    expect(broken.status).toBe(400);
    const empty = await sim.fetch(new Request(url, { method: 'POST' }));
    expect(await empty.json()).toMatchObject({ error: { code: 'InvalidParameter', target: 'instanceIds' } });
  });
});

describe('a long-running operation (arm-vmss.md 2.1)', () => {
  it('answers 202 with both URLs, long, opaque and with the api-version of the caller', async () => {
    const lab = startLab();
    await lab.moveModel();
    const answer = await lab.call('POST', `${SET}/manualupgrade?api-version=2024-07-01`, {
      instanceIds: ['0'],
    });
    expect([answer.status, answer.body]).toEqual([202, undefined]);
    const url = new URL(operationUrl(answer));
    expect(url.pathname).toMatch(
      new RegExp(
        `^/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/westeurope/operations/[0-9a-f-]{36}$`,
      ),
    );
    expect(url.searchParams.get('api-version')).toBe('2024-07-01');
    expect(url.href.length).toBeGreaterThan(3000);
    expect(new URL(operationUrl(answer, 'location')).searchParams.get('monitor')).toBe('true');
    expect(answer.headers.get('azure-asyncnotification')).toBe('Enabled');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  it('polls InProgress with Retry-After, then Succeeded with its times; Location follows', async () => {
    const lab = startLab();
    await lab.moveModel();
    const answer = await lab.upgrade('0');
    const running = await lab.call('GET', operationUrl(answer));
    expect(running.body).toEqual({
      status: 'InProgress',
      name: expect.stringMatching(/^[0-9a-f-]{36}$/),
      startTime: expect.stringMatching(STAMP),
    });
    expect(Number(running.headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
    expect((await lab.call('GET', operationUrl(answer, 'location'))).status).toBe(202);
    lab.pass(300);
    const ended = await lab.call('GET', operationUrl(answer));
    expect(ended.body).toMatchObject({ status: 'Succeeded', endTime: expect.stringMatching(STAMP) });
    const result = await lab.call('GET', operationUrl(answer, 'location'));
    expect([result.status, result.body]).toEqual([200, undefined]);
  });

  it('varies Retry-After from answer to answer', async () => {
    const lab = startLab();
    await lab.moveModel();
    const answer = await lab.upgrade('0');
    const waits = new Set<string | null>();
    for (let poll = 0; poll < 12; poll += 1) {
      waits.add((await lab.call('GET', operationUrl(answer))).headers.get('retry-after'));
    }
    expect(waits.size).toBeGreaterThan(1);
  });

  it('divides Retry-After by the time scale, but never below a second', async () => {
    const waitAt = async (timeScale: number): Promise<string | null> => {
      const lab = startLab({ timeScale });
      await lab.moveModel();
      return (await lab.upgrade('0')).headers.get('retry-after');
    };
    expect(await waitAt(1)).toBe('10');
    expect(await waitAt(4)).toBe('3');
    expect(await waitAt(100)).toBe('1');
  });

  it('shows times as the clock of the caller has them', async () => {
    const lab = startLab({ timeScale: 60 });
    await lab.moveModel();
    const answer = await lab.upgrade('0');
    const { body } = await lab.call('GET', operationUrl(answer));
    expect(Date.parse(body.startTime)).toBe(Date.parse('2026-11-21T08:00:01Z'));
  });

  it('does not know other operations, nor URLs that were tampered with', async () => {
    const lab = startLab();
    await lab.moveModel();
    const url = operationUrl(await lab.upgrade('0'));
    expect(
      (await lab.call('GET', url.replace(/operations\/[0-9a-f-]{36}/, `operations/${SUBSCRIPTION}`))).status,
    ).toBe(404);
    expect((await lab.call('GET', url.replace(/&h=.*$/, ''))).status).toBe(403);
  });

  it('ends at once when nothing is to do (arm-vmss.md 4: 0-1 s)', async () => {
    const lab = startLab();
    const answer = await lab.upgrade('*');
    lab.pass(1.1);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    expect(lab.sim.log.filter((entry) => entry.kind === 'instance' && entry.change === 'serving')).toEqual(
      [],
    );
  });
});

describe('the newest image', () => {
  it('appears in the catalogue when it is published', async () => {
    const lab = startLab();
    lab.sim.publishImage({ version: '22.04.202612090' });
    const versions =
      `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/westeurope/publishers/canonical` +
      '/artifacttypes/vmimage/offers/0001-com-ubuntu-server-jammy/skus/22_04-LTS-Gen2/versions';
    const { body } = await lab.call('GET', `${versions}?$top=2&$orderby=name%20desc`);
    expect(body.map(({ name }: { name: string }) => name)).toEqual(['22.04.202612090', NEW]);
  });
});

describe('Location?monitor=true (arm-vmss.md 6: unknown)', () => {
  it.each([202, 200] as const)('answers %d while the operation runs, as the switch says', async (status) => {
    const lab = startLab({ profile: { monitorWhileRunning: status } });
    await lab.moveModel();
    const answer = await lab.upgrade('0');
    const running = await lab.call('GET', operationUrl(answer, 'location'));
    expect([running.status, running.body]).toEqual([status, undefined]);
    lab.pass(600);
    expect((await lab.call('GET', operationUrl(answer, 'location'))).status).toBe(200);
  });
});
