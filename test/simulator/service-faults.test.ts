import { describe, expect, it } from 'vitest';
import { parseFault } from '../../local/simulator/faults/schema.ts';
import { imagesNow, modelNow } from '../../local/simulator/log/judge.ts';
import { carryOut, GROUP, imagePatch, NEW, OLD, operationUrl, serveLab, SET, startLab } from './lab.ts';

const CSE = {
  name: 'app',
  properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' },
};

describe('accessDenied', () => {
  it.each([
    ['missingRights', 403, 'AuthorizationFailed'],
    ['linkedAccess', 403, 'LinkedAuthorizationFailed'],
    ['denyAssignment', 403, 'DenyAssignmentAuthorizationFailed'],
    ['policy', 403, 'RequestDisallowedByPolicy'],
    ['lock', 409, 'ScopeLocked'],
    ['expiredToken', 401, 'ExpiredAuthenticationToken'],
    ['invalidToken', 401, 'InvalidAuthenticationToken'],
  ] as const)(
    '%s: the SDK gets a %i with its code, and nothing has happened',
    async (why, statusCode, code) => {
      const lab = startLab({ faults: [{ kind: 'accessDenied', operation: 'patch', why }] });
      await using http = await serveLab(lab);
      const sets = http.client.virtualMachineScaleSets;
      const tags = { a: 'b' };
      await expect(sets.update(GROUP, 'web', { tags }).submitted()).rejects.toMatchObject({
        statusCode,
        code,
      });
      expect(lab.sim.log.filter(({ kind }) => kind === 'operation')).toEqual([]);
      await carryOut(lab, sets.update(GROUP, 'web', { tags }));
      expect((await sets.get(GROUP, 'web')).tags).toEqual(tags);
    },
  );

  it('names the right and the scope, the policy, and the challenge of a 401', async () => {
    const lab = startLab({
      faults: [
        { kind: 'accessDenied', operation: 'manualupgrade' },
        { kind: 'accessDenied', operation: 'patch', why: 'policy' },
        { kind: 'accessDenied', operation: 'getScaleSet', why: 'expiredToken' },
      ],
    });
    const { message } = (await lab.upgrade('0')).body.error;
    expect(message).toContain("action 'Microsoft.Compute/virtualMachineScaleSets/manualupgrade/action'");
    expect(message).toContain(`over scope '${SET}`);
    const denied = (await lab.patch({ tags: {} })).body.error;
    expect(denied).toMatchObject({ target: 'web', additionalInfo: [{ type: 'PolicyViolation' }] });
    expect((await lab.call('GET', SET)).headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('lasts from a time to a time, for reads and polls too', async () => {
    const lab = startLab({
      faults: [{ kind: 'accessDenied', fromSeconds: 100, untilSeconds: 200, count: 'always' }],
    });
    await lab.moveModel();
    const upgrade = await lab.upgrade('0');
    lab.pass(60);
    expect((await lab.list()).status).toBe(403);
    expect((await lab.call('GET', operationUrl(upgrade))).status).toBe(403);
    lab.pass(100);
    expect((await lab.call('GET', operationUrl(upgrade))).body.status).toBe('Succeeded');
    expect(imagesNow(lab.sim.log)['0']).toBe(NEW);
  });

  it('denies a guard: Suspend of automatic repairs answers 403 while everything else is allowed', async () => {
    const lab = startLab({
      properties: { automaticRepairsPolicy: { enabled: true } },
      faults: [{ kind: 'accessDenied', operation: 'setOrchestrationServiceState', count: 'always' }],
    });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const state = { serviceName: 'AutomaticRepairs', action: 'Suspend' } as const;
    await expect(sets.setOrchestrationServiceState(GROUP, 'web', state).submitted()).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
    const view = await sets.getInstanceView(GROUP, 'web');
    expect(view.orchestrationServices?.[0]?.serviceState).toBe('Running');
    expect((await lab.patch({ tags: { a: 'b' } })).status).toBe(200);
  });
});

describe('refused', () => {
  it('says "later" with RetryableError unless told otherwise (terraform-provider-azurerm#15509)', async () => {
    const lab = startLab({ faults: [{ kind: 'refused', operation: 'manualupgrade', count: 2 }] });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    const upgrade = () => sets.updateInstances(GROUP, 'web', { instanceIds: ['0'] });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(upgrade().submitted()).rejects.toMatchObject({ statusCode: 409, code: 'RetryableError' });
    }
    await carryOut(lab, upgrade());
  });

  it.each(['ConflictingConcurrentWriteNotAllowed', 'OperationPreempted', 'AnotherOperationInProgress'])(
    'says it with %s',
    async (code) => {
      const lab = startLab({ faults: [{ kind: 'refused', operation: 'patch', code, retryAfterSeconds: 7 }] });
      const answer = await lab.patch({ tags: { a: 'b' } });
      expect([answer.status, answer.body.error.code]).toEqual([409, code]);
      expect(answer.headers.get('retry-after')).toBe('7');
      expect((await lab.patch({ tags: { a: 'b' } })).status).toBe(200);
    },
  );

  it('hides an operation that runs: its poll URL answers 404, 401 or 403 while it goes on', async () => {
    const faults = [
      { kind: 'refused', operation: 'poll', status: 404, code: 'NotFound', message: 'not found' },
      { kind: 'accessDenied', operation: 'poll', nth: 2, why: 'expiredToken' },
      { kind: 'accessDenied', operation: 'poll', nth: 3 },
    ] as const;
    const lab = startLab({ faults });
    await lab.moveModel();
    const upgrade = await lab.upgrade('0');
    const poll = async (): Promise<number> => (await lab.call('GET', operationUrl(upgrade))).status;
    expect([await poll(), await poll(), await poll(), await poll()]).toEqual([404, 401, 403, 200]);
    lab.pass(600);
    expect(imagesNow(lab.sim.log)['0']).toBe(NEW);
  });

  it('makes an instance unfindable for a moment (cloud-provider-azure#2156)', async () => {
    const lab = startLab({
      faults: [{ kind: 'refused', operation: 'getInstance', status: 404, code: 'NotFound' }],
    });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    await expect(vms.get(GROUP, 'web', '3')).rejects.toMatchObject({ statusCode: 404 });
    expect((await vms.get(GROUP, 'web', '3')).instanceId).toBe('3');
  });
});

describe('a service that is out of order', () => {
  it('a PATCH that always answers 500, whether it took or not', async () => {
    const refusing = startLab({ faults: [{ kind: 'serverError', operation: 'patch', count: 'always' }] });
    const taking = startLab({
      faults: [{ kind: 'lostAnswer', operation: 'patch', count: 'always', status: 500 }],
    });
    for (const lab of [refusing, taking]) {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        expect((await lab.patch(imagePatch({ version: NEW }))).status).toBe(500);
        lab.pass(60);
      }
    }
    expect(modelNow(refusing.sim.log)?.image['version']).toBe(OLD);
    expect(modelNow(taking.sim.log)?.image['version']).toBe(NEW);
  });

  it('garbledAnswer: a page of a gateway in the place of an answer, though the write was accepted', async () => {
    const lab = startLab({ faults: [{ kind: 'garbledAnswer', operation: 'patch' }] });
    const url = new URL(`https://management.azure.com${SET}?api-version=1`);
    const body = JSON.stringify(imagePatch({ version: NEW }));
    const answer = await lab.sim.fetch(new Request(url, { method: 'PATCH', body }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(await answer.text()).toMatch(/^<html>/);
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
    await using http = await serveLab(startLab({ faults: [{ kind: 'garbledAnswer' }] }));
    const sets = http.client.virtualMachineScaleSets;
    await expect(sets.get(GROUP, 'web')).rejects.toMatchObject({ statusCode: 502 });
  });

  it.each(['throttle', 'serverError', 'refused', 'serviceUnavailable'] as const)(
    '%s: Retry-After as a date',
    async (kind) => {
      const when = kind === 'serviceUnavailable' ? { fromSeconds: 0, untilSeconds: 60 } : {};
      const fault = { kind, ...when, retryAfterSeconds: 90, retryAfterIs: 'date' };
      const lab = startLab({ faults: [parseFault(fault)] });
      const header = (await lab.call('GET', SET)).headers.get('retry-after') ?? '';
      expect(header).toMatch(/GMT$/);
      expect(Date.parse(header) - lab.now()).toBe(90_000);
    },
  );

  it('503 with Retry-After for one kind of request', async () => {
    const lab = startLab({
      faults: [{ kind: 'serverError', operation: 'manualupgrade', status: 503, retryAfterSeconds: 33 }],
    });
    const answer = await lab.upgrade('0');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '33']);
    expect((await lab.upgrade('0')).status).toBe(202);
  });

  it('slowService: everything takes so many times as long, from a time to a time', async () => {
    const seconds = async (faults: readonly object[]): Promise<number> => {
      const lab = startLab({
        faults: faults.map(parseFault),
        profile: { timing: { slowModelWriteShare: 0 } },
      });
      await lab.moveModel();
      const upgrade = await lab.upgrade('0');
      const began = lab.now();
      for (;;) {
        const { status } = (await lab.call('GET', operationUrl(upgrade))).body;
        if (status === 'Succeeded') return (lab.now() - began) / 1000;
        lab.pass(1);
      }
    };
    const usual = await seconds([]);
    const slow = await seconds([{ kind: 'slowService', factor: 8 }]);
    expect(slow / usual).toBeGreaterThan(6);
    expect(await seconds([{ kind: 'slowService', factor: 8, untilSeconds: 30 }])).toBe(usual);
    expect(await seconds([{ kind: 'slowService', factor: 8, scaleSet: 'api' }])).toBe(usual);
  });

  it('slowAnswer: a list takes seventy simulated seconds', async () => {
    let time = Date.parse('2026-11-21T08:00:00Z');
    const clock = {
      now: () => time,
      sleep: (milliseconds: number) => {
        time += milliseconds;
        return Promise.resolve();
      },
    };
    const lab = startLab({
      clock,
      faults: [{ kind: 'slowAnswer', operation: 'listInstances', seconds: 70 }],
    });
    const began = time;
    await lab.list();
    expect(time - began).toBe(70_000);
    await lab.list();
    expect(time - began).toBe(70_000);
  });
});

describe('operations that cannot be followed', () => {
  it('strayOperationUrl: to another host, to an unknown operation, to nowhere', async () => {
    const lab = startLab({
      faults: [
        { kind: 'strayOperationUrl', operation: 'manualupgrade' },
        { kind: 'strayOperationUrl', operation: 'manualupgrade', nth: 2, to: 'unknownOperation' },
        {
          kind: 'strayOperationUrl',
          operation: 'manualupgrade',
          nth: 3,
          to: 'nowhere',
          headers: ['location'],
        },
      ],
    });
    await lab.moveModel();
    const away = await lab.upgrade('0');
    expect(new URL(operationUrl(away)).host).toBe('management.elsewhere.invalid');
    expect(new URL(operationUrl(away, 'location')).host).toBe('management.elsewhere.invalid');
    const unknown = await lab.upgrade('1');
    expect((await lab.call('GET', operationUrl(unknown))).status).toBe(404);
    const half = await lab.upgrade('2');
    expect(half.headers.get('location')).toBeNull();
    expect((await lab.call('GET', operationUrl(half))).status).toBe(200);
    lab.pass(600);
    expect(imagesNow(lab.sim.log)).toMatchObject({ 0: NEW, 1: NEW, 2: NEW, 3: OLD });
  });

  it('operationCanceled: ends Canceled for the SDK; what it began goes on', async () => {
    const lab = startLab({ faults: [{ kind: 'operationCanceled', afterSeconds: 20 }] });
    await using http = await serveLab(lab);
    const sets = http.client.virtualMachineScaleSets;
    await lab.moveModel();
    const upgrade = sets.updateInstances(GROUP, 'web', { instanceIds: ['0'] });
    await upgrade.submitted();
    lab.pass(21);
    await expect(upgrade.pollUntilDone()).rejects.toThrow('canceled');
    expect(imagesNow(lab.sim.log)['0']).toBe(OLD);
    lab.pass(600);
    expect(imagesNow(lab.sim.log)['0']).toBe(NEW);
  });

  it('operationCanceled: or its work stops, and a word that nobody knows stands for it', async () => {
    const lab = startLab({
      faults: [{ kind: 'operationCanceled', afterSeconds: 10, status: 'Aborted', work: 'stops' }],
    });
    await lab.moveModel();
    const upgrade = await lab.upgrade('0');
    lab.pass(11);
    expect((await lab.call('GET', operationUrl(upgrade))).body.status).toBe('Aborted');
    lab.pass(600);
    expect(imagesNow(lab.sim.log)['0']).toBe(OLD);
    expect(lab.serving()).toBe(5);
  });

  it('operationCanceled of a model write: the model is taken, and the set shows Canceled', async () => {
    const lab = startLab({ faults: [{ kind: 'operationCanceled', operation: 'patch' }] });
    const write = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(20);
    expect((await lab.call('GET', operationUrl(write))).body.status).toBe('Canceled');
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Canceled');
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
    expect((await lab.patch({ tags: { a: 'b' } })).status).toBe(200);
    lab.pass(60);
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Succeeded');
  });

  it('operationShows: another word while it runs', async () => {
    const lab = startLab({ faults: [{ kind: 'operationShows', status: 'Accepted', count: 2 }] });
    await lab.moveModel();
    const upgrade = await lab.upgrade('0');
    const status = async (): Promise<string> => (await lab.call('GET', operationUrl(upgrade))).body.status;
    expect([await status(), await status(), await status()]).toEqual(['Accepted', 'Accepted', 'InProgress']);
    lab.pass(600);
    expect(await status()).toBe('Succeeded');
  });
});

describe('views that are not true', () => {
  it('shortList: the first list after an upgrade is empty, the next one whole', async () => {
    const lab = startLab({ faults: [{ kind: 'shortList', afterOperation: 'manualupgrade' }] });
    await using http = await serveLab(lab);
    const ids = async (): Promise<(string | undefined)[]> => {
      const found: (string | undefined)[] = [];
      for await (const { instanceId } of http.client.virtualMachineScaleSetVMs.list(GROUP, 'web'))
        found.push(instanceId);
      return found;
    };
    await lab.moveModel();
    expect(await ids()).toHaveLength(5);
    await lab.upgrade('0');
    expect(await ids()).toEqual([]);
    expect(await ids()).toHaveLength(5);
  });

  it('shortList: lacks those that it names, as often as told', async () => {
    const lab = startLab({ faults: [{ kind: 'shortList', lacks: ['1', '3'], count: 'always' }] });
    const { value } = (await lab.list('?$expand=instanceView')).body;
    expect(value.map(({ instanceId }: { instanceId: string }) => instanceId)).toEqual(['0', '2', '4']);
    expect((await lab.view('1')).status).toBe(200);
  });

  it('setShows: the set stays Updating after the first PATCH; everything else goes on', async () => {
    const lab = startLab({ faults: [{ kind: 'setShows', afterOperation: 'patch' }] });
    const state = async (): Promise<string> => (await lab.call('GET', SET)).body.properties.provisioningState;
    expect(await state()).toBe('Succeeded');
    await lab.moveModel();
    lab.pass(86_400);
    expect(await state()).toBe('Updating');
    expect((await lab.upgrade('0')).status).toBe(202);
    lab.pass(600);
    expect(imagesNow(lab.sim.log)['0']).toBe(NEW);
  });

  it('setShows: a state of its own for a time', async () => {
    const lab = startLab({
      faults: [{ kind: 'setShows', state: 'Migrating', fromSeconds: 10, untilSeconds: 20 }],
    });
    const state = async (): Promise<string> => (await lab.call('GET', SET)).body.properties.provisioningState;
    expect(await state()).toBe('Succeeded');
    lab.pass(10);
    expect(await state()).toBe('Migrating');
    lab.pass(10);
    expect(await state()).toBe('Succeeded');
  });
});

describe('views of instances that are not whole, or not true', () => {
  it('partialView: parts are missing from views and lists for a moment', async () => {
    const lab = startLab({
      faults: [{ kind: 'partialView', lacks: ['vmHealth', 'vmAgent'], count: 3 }],
    });
    const { body: alone } = await lab.view('0');
    const { body: own } = await lab.call('GET', `${SET}/virtualMachines/0?$expand=instanceView`);
    const [listed] = (await lab.list('?$expand=instanceView')).body.value;
    for (const view of [alone, own.properties.instanceView, listed.properties.instanceView]) {
      expect(view).not.toHaveProperty('vmHealth');
      expect(view).not.toHaveProperty('vmAgent');
      expect(view).toHaveProperty('statuses');
    }
    expect((await lab.view('0')).body).toHaveProperty('vmHealth');
    expect(lab.serving()).toBe(5);
  });

  it('instanceShows: other words than are true, of provisioning, power and health, also to the SDK', async () => {
    const lab = startLab({
      faults: [
        {
          kind: 'instanceShows',
          instances: ['0'],
          provisioning: 'Canceled',
          power: 'unknown',
          health: 'odd',
        },
        { kind: 'instanceShows', instances: ['1'], provisioning: 'Migrating', afterOperation: 'patch' },
      ],
    });
    await using http = await serveLab(lab);
    const vms = http.client.virtualMachineScaleSetVMs;
    const first = await vms.get(GROUP, 'web', '0', { expand: 'instanceView' });
    expect(first.provisioningState).toBe('Canceled');
    expect(first.instanceView?.statuses?.map(({ code }) => code)).toEqual([
      'ProvisioningState/canceled',
      'PowerState/unknown',
    ]);
    expect(first.instanceView?.vmHealth?.status?.code).toBe('HealthState/odd');
    expect((await vms.get(GROUP, 'web', '1')).provisioningState).toBe('Succeeded');
    await lab.moveModel();
    expect((await vms.get(GROUP, 'web', '1')).provisioningState).toBe('Migrating');
    expect((await vms.get(GROUP, 'web', '2')).provisioningState).toBe('Succeeded');
    expect(lab.serving()).toBe(5);
  });
});

describe('model writes that do something else', () => {
  it('ignoredChange: 200 and Succeeded, and the model is as it was (azure-docs#8501)', async () => {
    const lab = startLab({
      faults: [{ kind: 'ignoredChange', paths: ['properties.virtualMachineProfile.networkProfile'] }],
    });
    const before = (await lab.call('GET', SET)).body;
    const networkInterfaceConfigurations = [{ name: 'other', properties: { primary: true } }];
    const networkProfile = { networkInterfaceConfigurations };
    const write = await lab.patch({ properties: { virtualMachineProfile: { networkProfile } } });
    lab.pass(60);
    expect((await lab.call('GET', operationUrl(write))).body.status).toBe('Succeeded');
    const after = (await lab.call('GET', SET)).body;
    expect(after.properties).toEqual(before.properties);
    expect(after.etag).not.toBe(before.etag);
  });

  it('sideEffect: what the service changes or drops beside the write', async () => {
    const lab = startLab({
      vmProfile: { userData: 'aGk=', diagnosticsProfile: { bootDiagnostics: { enabled: true } } },
      faults: [
        {
          kind: 'sideEffect',
          patch: {
            properties: {
              doNotRunExtensionsOnOverprovisionedVMs: true,
              virtualMachineProfile: { diagnosticsProfile: null },
            },
          },
        },
      ],
    });
    await lab.moveModel();
    const { properties } = (await lab.call('GET', SET)).body;
    expect(properties.doNotRunExtensionsOnOverprovisionedVMs).toBe(true);
    expect(properties.virtualMachineProfile).not.toHaveProperty('diagnosticsProfile');
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
  });
});

describe('fields and letters', () => {
  it('dropsField: a field is gone after a write, in lists too', async () => {
    const publicIPAddressConfiguration = { name: 'ip', properties: { publicIPPrefix: { id: '/p' } } };
    const ipConfigurations = [{ name: 'one', properties: { publicIPAddressConfiguration } }];
    const card = { name: 'nic', properties: { primary: true, ipConfigurations } };
    const lab = startLab({
      vmProfile: { networkProfile: { networkInterfaceConfigurations: [card] } },
      faults: [{ kind: 'dropsField', field: 'publicIPPrefix' }],
    });
    const cards = async (): Promise<unknown> =>
      (await lab.call('GET', SET)).body.properties.virtualMachineProfile.networkProfile
        .networkInterfaceConfigurations;
    expect(JSON.stringify(await cards())).toContain('publicIPPrefix');
    await lab.moveModel();
    expect(JSON.stringify(await cards())).not.toContain('publicIPPrefix');
    expect(await cards()).toMatchObject([{ name: 'nic', properties: { primary: true } }]);
  });

  it('a size or an image written back in other letters restarts and replaces nothing', async () => {
    const id = '/subscriptions/s/resourceGroups/img/providers/Microsoft.Compute/images/One';
    const lab = startLab({ image: { id } });
    await lab.patch({ sku: { name: 'standard_d2s_v5' } });
    lab.pass(60);
    await lab.patch(imagePatch({ id: id.toLowerCase() }));
    lab.pass(60);
    await lab.upgrade('*');
    lab.pass(900);
    const works = lab.sim.log.flatMap((entry) =>
      entry.kind === 'instance' && entry.change === 'upgradeStarted' ? [entry.disruptive] : [],
    );
    expect(works).toEqual(Array(5).fill(false));
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
  });
});

describe('extensionFails', () => {
  const statusOf = async (lab: ReturnType<typeof startLab>, id: string): Promise<string> => {
    const { extensions } = (await lab.view(id)).body;
    return extensions.find(({ name }: { name: string }) => name === 'app').statuses[0].code;
  };

  it('with suppressFailures the instance succeeds and serves all the same', async () => {
    const app = { ...CSE, properties: { ...CSE.properties, suppressFailures: true } };
    const lab = startLab({
      extensions: [app],
      faults: [{ kind: 'extensionFails', extension: 'app', version: NEW, exitCode: 53 }],
    });
    await lab.moveModel();
    await lab.upgrade('0');
    lab.pass(900);
    expect(await statusOf(lab, '0')).toBe('ProvisioningState/failed/53');
    expect(await statusOf(lab, '1')).toBe('ProvisioningState/succeeded');
    const truth = lab.sim.scaleSet('web')?.instances[0];
    expect(truth).toMatchObject({ image: NEW, provisioningState: 'Succeeded', serving: true });
  });

  it('without it the instance fails', async () => {
    const lab = startLab({
      extensions: [CSE],
      faults: [{ kind: 'extensionFails', extension: 'app', instances: ['0'] }],
    });
    await lab.moveModel();
    await lab.upgrade('0', '1');
    lab.pass(900);
    const states = lab.sim.scaleSet('web')?.instances.map(({ provisioningState }) => provisioningState);
    expect(states).toEqual(['Failed', 'Succeeded', 'Succeeded', 'Succeeded', 'Succeeded']);
    expect((await lab.view('0')).body.statuses[0].code).toBe(
      'ProvisioningState/failed/VMExtensionProvisioningError',
    );
  });

  it('when only the extension changes, its upgrade fails, or not', async () => {
    for (const suppressFailures of [true, false]) {
      const app = { ...CSE, properties: { ...CSE.properties, suppressFailures } };
      const lab = startLab({ extensions: [app], faults: [{ kind: 'extensionFails', extension: 'app' }] });
      const { properties } = app;
      await lab.call('PATCH', `${SET}/extensions/app`, {
        properties: { ...properties, forceUpdateTag: '2' },
      });
      lab.pass(120);
      const upgrade = await lab.upgrade('0');
      lab.pass(600);
      const { status } = (await lab.call('GET', operationUrl(upgrade))).body;
      expect(status).toBe(suppressFailures ? 'Succeeded' : 'Failed');
      expect(await statusOf(lab, '0')).toBe('ProvisioningState/failed/1');
    }
  });
});

describe('osUpgrade: the platform upgrades in the middle of something else', () => {
  const upgradePolicy = {
    mode: 'Manual',
    automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
  } as const;
  const image = {
    publisher: 'Canonical',
    offer: '0001-com-ubuntu-server-jammy',
    sku: '22_04-lts-gen2',
    version: 'latest',
  };

  it('takes instances down beside those of a call that runs', async () => {
    const lab = startLab({
      count: 10,
      upgradePolicy,
      image,
      faults: [
        { kind: 'imagePublication', version: '22.04.202612090' },
        { kind: 'osUpgrade', afterWrites: 1 },
      ],
      profile: { timing: { automaticOsUpgrade: [80_000, 80_000] } },
    });
    expect((await lab.call('POST', `${SET}/restart`, { instanceIds: ['8', '9'] })).status).toBe(202);
    lab.pass(20);
    expect(lab.serving()).toBeLessThan(8);
    await using http = await serveLab(lab);
    const latest = await http.client.virtualMachineScaleSetRollingUpgrades.getLatest(GROUP, 'web');
    expect(latest.runningStatus?.code).toBe('RollingForward');
    lab.pass(3600);
    expect(new Set(Object.values(imagesNow(lab.sim.log)))).toEqual(new Set(['22.04.202612090']));
  });

  it('does nothing to a set without the policy', async () => {
    const lab = startLab({ faults: [{ kind: 'osUpgrade' }] });
    lab.pass(60);
    expect((await lab.call('GET', `${SET}/rollingUpgrades/latest`)).status).toBe(404);
  });
});

describe('images that others share', () => {
  const lab = (reference: object) =>
    startLab({
      image: { ...reference },
      galleryVersions: [
        { resourceGroup: 'x', gallery: 'pub-123', image: 'app', version: '1.0.0' },
        { resourceGroup: 'x', gallery: 'pub-123', image: 'app', version: '1.1.0' },
      ],
    });

  it.each([
    ['communityGalleryImageId', '/CommunityGalleries/pub-123/Images/app'],
    ['communityGalleryImageId', '/communityGalleries/PUB-123/images/app/versions/LATEST'],
    ['sharedGalleryImageId', '/SharedGalleries/pub-123/Images/app/Versions/latest'],
  ])('%s %s stands for the newest version', async (field, id) => {
    const started = lab({ [field]: id });
    await using http = await serveLab(started);
    const vm = await http.client.virtualMachineScaleSetVMs.get(GROUP, 'web', '0');
    expect(vm.storageProfile?.imageReference?.exactVersion).toBe('1.1.0');
    expect(vm.storageProfile?.imageReference).toHaveProperty(field, id);
  });

  it('a version is changed by its id, and an unknown one refused', async () => {
    const at = (version: string): string => `/CommunityGalleries/pub-123/Images/app/Versions/${version}`;
    const started = lab({ communityGalleryImageId: at('1.0.0') });
    const refused = await started.patch(imagePatch({ communityGalleryImageId: at('9.0.0') }));
    expect([refused.status, refused.body.error.code]).toEqual([404, 'GalleryImageNotFound']);
    expect((await started.patch(imagePatch({ communityGalleryImageId: at('1.1.0') }))).status).toBe(200);
    started.pass(60);
    await started.upgrade('0');
    started.pass(600);
    expect(imagesNow(started.sim.log)['0']).toBe(at('1.1.0'));
  });
});

describe('versions in public galleries, through the SDK', () => {
  it('are listed and read by the gallery’s public name, and have only a unique id', async () => {
    const lab = startLab({
      galleryVersions: [
        { resourceGroup: 'x', gallery: 'pub-123', image: 'app', version: '1.0.0' },
        { resourceGroup: 'x', gallery: 'pub-123', image: 'app', version: '1.1.0', excludeFromLatest: true },
      ],
    });
    await using http = await serveLab(lab);
    const { communityGalleryImageVersions: community, sharedGalleryImageVersions: shared } = http.client;
    for (const [kind, gallery] of [
      ['CommunityGalleries', community],
      ['SharedGalleries', shared],
    ] as const) {
      const names: (string | undefined)[] = [];
      for await (const { name } of gallery.list('westeurope', 'pub-123', 'app')) names.push(name);
      expect(names).toEqual(['1.0.0', '1.1.0']);
      const version = await gallery.get('westeurope', 'pub-123', 'app', '1.1.0');
      expect(version.uniqueId).toBe(`/${kind}/pub-123/Images/app/Versions/1.1.0`);
      expect(version.excludeFromLatest).toBe(true);
      await expect(gallery.get('westeurope', 'pub-123', 'app', '9.0.0')).rejects.toMatchObject({
        statusCode: 404,
      });
    }
  });
});

describe('sets that others run', () => {
  it.each([
    ['serviceFabric', 'ServiceFabricLinuxNode', 'Microsoft.Azure.ServiceFabric'],
    ['serviceFabricManagedCluster', 'ServiceFabricMCNode', 'Microsoft.Azure.ServiceFabric.MC'],
    ['kubernetesService', 'Compute.AKS.Linux.AKSNode', 'Microsoft.AKS'],
  ] as const)('%s shows its %s extension', async (owner, type, publisher) => {
    const lab = startLab({ owner });
    await using http = await serveLab(lab);
    const set = await http.client.virtualMachineScaleSets.get(GROUP, 'web');
    const extensions = set.virtualMachineProfile?.extensionProfile?.extensions ?? [];
    expect(extensions.map((one) => [one.typePropertiesType, one.publisher])).toContainEqual([
      type,
      publisher,
    ]);
    expect(set.tags?.['aks-managed-poolName']).toBe(owner === 'kubernetesService' ? 'default' : undefined);
  });
});
