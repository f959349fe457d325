import { describe, expect, it } from 'vitest';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import { changesOf, imagePatch, NEW, OLD, operationUrl, SET, startLab, START, type Lab } from './lab.ts';

const momentOf = (lab: Lab, instance: string, change: string, value?: unknown): number => {
  const entry = lab.sim.log.find(
    (line) =>
      line.kind === 'instance' &&
      line.instance === instance &&
      line.change === change &&
      (value === undefined || ('value' in line && line.value === value)),
  );
  return ((entry?.time ?? Number.NaN) - START) / 1000;
};

async function upgraded(lab: Lab, ...ids: string[]): Promise<string> {
  await lab.moveModel();
  return operationUrl(await lab.upgrade(...ids));
}

describe('an image upgrade of an instance', () => {
  it('replaces the disk, reboots and serves again, each once and in this order', async () => {
    const lab = startLab();
    await upgraded(lab, '2');
    lab.pass(600);
    expect(changesOf(lab, '2', 'power')).toEqual(['stopping', 'stopped', 'starting', 'running']);
    expect(changesOf(lab, '2', 'provisioning')).toEqual(['Updating', 'Succeeded']);
    expect(changesOf(lab, '2', 'agent')).toEqual(['notReady', 'ready']);
    expect(changesOf(lab, '2', 'image')).toEqual([NEW]);
    expect(changesOf(lab, '2', 'serving')).toEqual([false, true]);
    expect(changesOf(lab, '2', 'latestModelApplied')).toEqual([false, true]);
    expect(lab.sim.scaleSet('web')?.instances.map((instance) => instance.image)).toEqual([
      OLD,
      OLD,
      NEW,
      OLD,
      OLD,
    ]);
  });

  it('gives the instance a new OS disk', async () => {
    const lab = startLab();
    const disk = async (): Promise<string> =>
      (await lab.call('GET', `${SET}/virtualMachines/2`)).body.properties.storageProfile.osDisk.name;
    const before = await disk();
    await upgraded(lab, '2');
    lab.pass(600);
    expect(await disk()).not.toBe(before);
  });

  it('leaves the instance out of service well after its operation succeeded (arm-vmss.md 4)', async () => {
    const lab = startLab();
    const url = await upgraded(lab, '2');
    const stopped = momentOf(lab, '2', 'serving', false);
    lab.pass(600);
    expect(stopped).toBeNaN();
    const began = momentOf(lab, '2', 'upgradeStarted');
    const ended = momentOf(lab, '2', 'upgradeEnded');
    const back = momentOf(lab, '2', 'serving', true);
    expect(ended - began).toBeGreaterThan(25);
    expect(ended - began).toBeLessThan(200);
    expect(back - ended).toBeGreaterThan(40);
    expect(back - ended).toBeLessThan(180);
    expect((await lab.call('GET', url)).body.status).toBe('Succeeded');
  });

  it('takes all named instances at once', async () => {
    const lab = startLab();
    await upgraded(lab, '0', '1', '2');
    lab.pass(20);
    expect(lab.serving()).toBe(2);
    lab.pass(600);
    expect(fewestServing(lab.sim.log)).toBe(2);
    expect(lab.serving()).toBe(5);
  });

  it('shows its stages in the views', async () => {
    const lab = startLab({ profile: { healthWhileDown: 'absent' } });
    await upgraded(lab, '2');
    lab.pass(25);
    const { body: down } = await lab.view('2');
    expect(down.statuses.map(({ code }: { code: string }) => code)).toEqual([
      'ProvisioningState/updating',
      'PowerState/stopped',
    ]);
    expect(down.vmAgent.statuses[0]).toMatchObject({
      code: 'ProvisioningState/Unavailable',
      displayStatus: 'Not Ready',
    });
    expect(down).not.toHaveProperty('vmHealth');
    expect(down).not.toHaveProperty('computerName');
    const { body: summary } = await lab.call('GET', `${SET}/instanceView`);
    expect(summary.virtualMachine.statusesSummary).toEqual([
      { code: 'ProvisioningState/succeeded', count: 4 },
      { code: 'ProvisioningState/updating', count: 1 },
    ]);
    const codes = new Set<string>();
    for (let second = 0; second < 300; second += 3) {
      lab.pass(3);
      codes.add((await lab.view('2')).body.vmHealth?.status.code ?? 'absent');
    }
    expect([...codes]).toEqual(['absent', 'HealthState/initializing', 'HealthState/healthy']);
  });

  it('knows only healthy and unhealthy with version 1.0 of the extension (arm-vmss.md 3.1)', async () => {
    const lab = startLab({ healthExtensionVersion: '1.0', profile: { healthWhileDown: 'unknown' } });
    await upgraded(lab, '2');
    lab.pass(600);
    expect(changesOf(lab, '2', 'health')).toEqual(['unhealthy', 'healthy']);
  });

  it('serves without a health signal once the agent is ready', async () => {
    const lab = startLab({ healthExtension: false });
    await upgraded(lab, '2');
    lab.pass(600);
    expect(changesOf(lab, '2', 'health')).toEqual([]);
    expect(momentOf(lab, '2', 'serving', true)).toBe(momentOf(lab, '2', 'agent', 'ready'));
  });
});

describe('other changes of the model', () => {
  it('a newer version behind "latest" changes nothing (arm-vmss.md 3.3)', async () => {
    const image = {
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: 'latest',
    };
    const lab = startLab({ image });
    lab.sim.publishImage({ version: '22.04.202612090' });
    const { body } = await lab.call('GET', `${SET}/virtualMachines/0`);
    expect(body.properties.storageProfile.imageReference).toMatchObject({
      version: 'latest',
      exactVersion: NEW,
    });
    expect(body.properties.latestModelApplied).toBe(true);
    await lab.upgrade('0');
    lab.pass(600);
    expect(changesOf(lab, '0', 'image')).toEqual([]);
  });

  it('pinning the version that an instance already runs does not replace its disk', async () => {
    const image = {
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: 'latest',
    };
    const lab = startLab({ image });
    await lab.moveModel(NEW);
    await lab.upgrade('0');
    lab.pass(600);
    expect(changesOf(lab, '0', 'latestModelApplied')).toEqual([false, true]);
    expect(changesOf(lab, '0', 'serving')).toEqual([]);
  });

  it('a new size restarts the instance on its disk', async () => {
    const lab = startLab();
    await lab.patch({ sku: { name: 'Standard_D4s_v5' } });
    lab.pass(60);
    await lab.upgrade('0');
    lab.pass(1200);
    expect(changesOf(lab, '0', 'image')).toEqual([]);
    expect(changesOf(lab, '0', 'serving')).toEqual([false, true]);
    const { body } = await lab.call('GET', `${SET}/virtualMachines/0`);
    expect(body.properties.hardwareProfile.vmSize).toBe('Standard_D4s_v5');
  });

  it('a new extension runs in the running guest', async () => {
    const lab = startLab();
    const { body } = await lab.call('GET', SET);
    const { extensions } = body.properties.virtualMachineProfile.extensionProfile;
    const app = {
      name: 'app',
      properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript' },
    };
    await lab.patch({
      properties: { virtualMachineProfile: { extensionProfile: { extensions: [...extensions, app] } } },
    });
    lab.pass(60);
    await lab.upgrade('0');
    lab.pass(5);
    const running = (await lab.view('0')).body.extensions.find(
      ({ name }: { name: string }) => name === 'app',
    );
    expect(running.statuses[0].code).toBe('ProvisioningState/transitioning');
    lab.pass(300);
    expect((await lab.view('0')).body.extensions.map(({ name }: { name: string }) => name)).toEqual([
      'HealthExtension',
      'app',
    ]);
    expect(changesOf(lab, '0', 'serving')).toEqual([]);
    expect(changesOf(lab, '0', 'provisioning')).toEqual(['Updating', 'Succeeded']);
  });
});

describe('views that lag', () => {
  it('show the past for some seconds and never go back', async () => {
    const lab = startLab({ profile: { viewLagSeconds: [4, 4] } });
    await lab.patch(imagePatch({ version: NEW }));
    const applied = async (): Promise<boolean> =>
      (await lab.list()).body.value[0].properties.latestModelApplied;
    expect(await applied()).toBe(true);
    expect(
      (await lab.call('GET', SET)).body.properties.virtualMachineProfile.storageProfile.imageReference
        .version,
    ).toBe(NEW);
    lab.pass(3.9);
    expect(await applied()).toBe(true);
    lab.pass(0.2);
    expect(await applied()).toBe(false);
  });

  it('lag by 2 to 8 seconds unless told otherwise', async () => {
    const lab = startLab({ count: 100, profile: { viewLagSeconds: [2, 8] } });
    await lab.patch(imagePatch({ version: NEW }));
    const outdated = async (): Promise<number> =>
      (await lab.list('?$filter=properties/latestModelApplied%20eq%20false')).body.value.length;
    const seen: number[] = [];
    for (let second = 0; second <= 8; second += 1) {
      seen.push(await outdated());
      lab.pass(1);
    }
    expect(seen.slice(0, 2)).toEqual([0, 0]);
    expect(seen[8]).toBe(100);
    expect(seen[5]).toBeGreaterThan(20);
    expect(seen[5]).toBeLessThan(80);
  });

  it('show new instances late, and gone ones a little longer', async () => {
    const lab = startLab({ profile: { viewLagSeconds: [5, 5] } });
    await lab.patch({ sku: { capacity: 6 } });
    expect((await lab.list()).body.value).toHaveLength(5);
    lab.pass(5);
    expect((await lab.list()).body.value).toHaveLength(6);
  });
});

describe('the time on statuses', () => {
  it('of settled health is young, and never older than the upgrade', async () => {
    const lab = startLab();
    await upgraded(lab, '2');
    lab.pass(600);
    const time = async (id: string): Promise<number> =>
      Date.parse((await lab.view(id)).body.vmHealth.status.time);
    expect(lab.now() - (await time('2'))).toBeLessThan(5000);
    expect(lab.now() - (await time('0'))).toBeLessThan(5000);
  });

  it('of health is the last change where the switch says so', async () => {
    const lab = startLab({ profile: { healthTime: 'changed' } });
    const { body } = await lab.view('0');
    expect(START - Date.parse(body.vmHealth.status.time)).toBe(30 * 86_400_000);
  });

  it('of provisioning is the last change', async () => {
    const lab = startLab();
    await upgraded(lab, '2');
    lab.pass(600);
    const { body } = await lab.view('2');
    expect((Date.parse(body.statuses[0].time) - START) / 1000).toBeCloseTo(
      momentOf(lab, '2', 'upgradeEnded'),
      2,
    );
  });
});

describe('instances that a call leaves alone', () => {
  it('are those it does not name, and protected ones (arm-vmss.md 3.3)', async () => {
    const lab = startLab({ protectedInstances: ['3'] });
    await upgraded(lab, '*');
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances.map((instance) => instance.image)).toEqual([
      NEW,
      NEW,
      NEW,
      OLD,
      NEW,
    ]);
    const { body } = await lab.call('GET', `${SET}/virtualMachines/3`);
    expect(body.properties.protectionPolicy.protectFromScaleSetActions).toBe(true);
  });

  it.for([
    ['skip', 202],
    ['conflict', 409],
  ] as const)('a protected one that is named: %s', async ([protectedInstanceNamed, status]) => {
    const lab = startLab({ protectedInstances: ['3'], profile: { protectedInstanceNamed } });
    await lab.moveModel();
    expect((await lab.upgrade('3')).status).toBe(status);
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances[3]?.image).toBe(OLD);
  });

  it('and one unknown id refuses the whole call', async () => {
    const lab = startLab();
    await lab.moveModel();
    const answer = await lab.upgrade('0', '2143');
    expect(answer.body.error).toEqual({
      code: 'InvalidParameter',
      target: 'instanceIds',
      message: 'The provided instanceId 2143 is not an active Virtual Machine Scale Set VM instanceId.',
    });
    lab.pass(600);
    expect(lab.serving()).toBe(5);
  });
});
