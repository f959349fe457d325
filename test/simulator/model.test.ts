import { describe, expect, it } from 'vitest';
import { changesOf, imagePatch, NEW, OLD, operationUrl, SET, startLab } from './lab.ts';

const PROFILE = 'virtualMachineProfile';

describe('PATCH (arm-vmss.md 2, 3.3)', () => {
  it('merges objects and keeps what it does not name', async () => {
    const lab = startLab();
    const answer = await lab.patch(imagePatch({ version: NEW }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('azure-asyncoperation')).toContain('/operations/');
    const { imageReference, osDisk } = answer.body.properties[PROFILE].storageProfile;
    expect(imageReference).toMatchObject({ publisher: 'Canonical', version: NEW });
    expect(osDisk.managedDisk.storageAccountType).toBe('Premium_LRS');
    expect(answer.body.properties.provisioningState).toBe('Updating');
    lab.pass(60);
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Succeeded');
  });

  it('replaces lists whole', async () => {
    const lab = startLab();
    const extensions = [
      { name: 'app', properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript' } },
    ];
    await lab.patch({ properties: { [PROFILE]: { extensionProfile: { extensions } } } });
    const { body } = await lab.call('GET', SET);
    expect(body.properties[PROFILE].extensionProfile.extensions).toEqual(extensions);
  });

  it('makes every instance outdated when the model changes', async () => {
    const lab = startLab();
    await lab.patch(imagePatch({ version: NEW }));
    const { body } = await lab.list();
    const applied = body.value.map(
      (instance: Record<string, { latestModelApplied: boolean }>) =>
        instance['properties']?.latestModelApplied,
    );
    expect(applied).toEqual([false, false, false, false, false]);
    expect(lab.serving()).toBe(5);
  });

  it.for([
    ['capacity', { sku: { capacity: 6 } }],
    ['tags', { tags: { stage: 'test' } }],
    ['upgrade policy', { properties: { upgradePolicy: { mode: 'Automatic' } } }],
    ['the same image again', imagePatch({ version: OLD })],
  ] as const)('leaves instances on the latest model when only %s is written', async ([, body]) => {
    const lab = startLab();
    expect((await lab.patch(body)).status).toBe(200);
    lab.pass(600);
    expect(lab.sim.scaleSet('web')?.instances.every((instance) => instance.latestModelApplied)).toBe(true);
    expect(lab.sim.log.findLast((entry) => entry.kind === 'model')).toMatchObject({ generation: 1 });
  });

  it('ignores what only the service writes', async () => {
    const lab = startLab();
    const answer = await lab.patch({
      name: 'other',
      location: 'mars',
      properties: { provisioningState: 'Failed' },
    });
    expect(answer.body).toMatchObject({ name: 'web', location: 'westeurope' });
  });

  it('never returns secrets, nor logs them', async () => {
    const lab = startLab();
    const osProfile = { adminPassword: 'Passw0rd!', customData: 'c2VjcmV0' };
    const extensions = [
      { name: 'app', properties: { publisher: 'p', type: 't', protectedSettings: { key: 'hidden' } } },
    ];
    await lab.patch({ properties: { [PROFILE]: { osProfile, extensionProfile: { extensions } } } });
    const seen = JSON.stringify([(await lab.call('GET', SET)).body, (await lab.list()).body, lab.sim.log]);
    expect(seen).not.toMatch(/Passw0rd|c2VjcmV0|hidden/);
    expect(changesOf(lab, '0', 'latestModelApplied')).toEqual([false]);
  });

  it('brings a model back: instances of an equal model have nothing to do', async () => {
    const lab = startLab();
    await lab.moveModel();
    await lab.moveModel(OLD);
    await lab.upgrade('*');
    lab.pass(5);
    expect(lab.sim.scaleSet('web')?.instances.every((instance) => instance.latestModelApplied)).toBe(true);
    expect(changesOf(lab, '0', 'upgradeStarted')).toEqual([]);
  });
});

describe('etags (arm-vmss.md 3.5)', () => {
  it('move with every write, capacity and instance operations included', async () => {
    const lab = startLab();
    const etags: unknown[] = [(await lab.call('GET', SET)).headers.get('etag')];
    for (const write of [
      () => lab.patch({ tags: { a: 'b' } }),
      () => lab.patch({ sku: { capacity: 6 } }),
      () => lab.upgrade('0'),
    ]) {
      await write();
      lab.pass(200);
      etags.push((await lab.call('GET', SET)).body.etag);
    }
    expect(etags).toEqual(['"1"', '"2"', '"3"', '"4"']);
  });

  it('sometimes move once more when a model write ends', async () => {
    const lab = startLab({ profile: { etagMovesAgainShare: 1 } });
    await lab.moveModel();
    expect((await lab.call('GET', SET)).headers.get('etag')).toBe('"3"');
  });

  it('refuse a write made on an older model, without effect', async () => {
    const lab = startLab();
    const write = lab.patch(imagePatch({ version: NEW }), { 'if-match': '"1"' });
    expect((await write).status).toBe(200);
    lab.pass(60);
    const answer = await lab.patch(imagePatch({ version: OLD }), { 'if-match': '"1"' });
    expect(answer.status).toBe(412);
    expect(answer.body.error).toEqual({
      code: 'PreconditionFailed',
      message: 'Etag provided in if-match header "1" does not match etag "2" of resource.',
    });
    const { body } = await lab.call('GET', SET);
    expect(body.properties[PROFILE].storageProfile.imageReference.version).toBe(NEW);
    expect((await lab.patch({ tags: {} }, { 'if-match': '*' })).status).toBe(200);
  });
});

describe('what may not be changed (arm-vmss.md 3.4)', () => {
  it.for([
    ['platformFaultDomainCount', { properties: { platformFaultDomainCount: 2 } }],
    ['orchestrationMode', { properties: { orchestrationMode: 'Flexible' } }],
    ['computerNamePrefix', { properties: { [PROFILE]: { osProfile: { computerNamePrefix: 'x' } } } }],
    ['zones', { zones: ['2'] }],
    ['imageReference', imagePatch({ offer: 'ubuntu-24_04-lts' })],
  ] as const)('%s', async ([target, body]) => {
    const lab = startLab({ zones: ['1'] });
    const answer = await lab.patch(body);
    expect(answer.status).toBe(409);
    expect(answer.body.error).toEqual({
      code: 'PropertyChangeNotAllowed',
      message: `Changing property '${target}' is not allowed.`,
      target,
    });
  });

  it('publisher and offer move together with sku and version', async () => {
    const lab = startLab();
    const answer = await lab.patch(
      imagePatch({ publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }),
    );
    expect(answer.status).toBe(200);
  });

  it('a platform image stays one', async () => {
    const answer = await startLab().patch(imagePatch({ id: '/subscriptions/s/images/mine' }));
    expect(answer.body.error.message).toBe(
      'The Image type for a Virtual Machine Scale Set may not be changed.',
    );
  });

  it('versions that do not exist, sizes above the limit, wrong types', async () => {
    const lab = startLab();
    expect((await lab.patch(imagePatch({ version: '1.2.3' }))).body.error.code).toBe('PlatformImageNotFound');
    expect((await lab.patch({ sku: { capacity: 101 } })).body.error.target).toBe('sku.capacity');
    expect((await lab.patch({ sku: { capacity: 'many' } })).status).toBe(400);
    expect(lab.sim.log.filter((entry) => entry.kind === 'model')).toHaveLength(1);
  });

  it('an eleventh model, as long as ten are in use (arm-vmss.md 5a)', async () => {
    const lab = startLab({ count: 10 });
    const size = (index: number): object => ({
      properties: {
        [PROFILE]: { diagnosticsProfile: { bootDiagnostics: { storageUri: `https://s${index}` } } },
      },
    });
    for (let index = 0; index < 9; index += 1) {
      expect((await lab.patch(size(index))).status).toBe(200);
      lab.pass(60);
      await lab.upgrade(String(index));
      lab.pass(60);
    }
    const refused = await lab.patch(size(99));
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toBe(
      "Virtual Machine Scale Set 'web' has reached its limit of 10 models that may be referenced by one or more VMs " +
        'belonging to the Virtual Machine Scale Set. Upgrade the VMs to the latest model of the Virtual Machine ' +
        'Scale Set before trying again.',
    );
    await lab.upgrade('*');
    lab.pass(60);
    expect((await lab.patch(size(99))).status).toBe(200);
  });
});

describe('capacity', () => {
  it('grows by instances on the current model, which serve some time after they were made', async () => {
    const lab = startLab();
    await lab.moveModel();
    const answer = await lab.patch({ sku: { capacity: 7 } });
    lab.pass(1);
    expect(lab.serving()).toBe(5);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('InProgress');
    expect((await lab.call('GET', SET)).body.properties.provisioningState).toBe('Updating');
    lab.pass(400);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    const truth = lab.sim.scaleSet('web');
    expect(truth?.provisioningState).toBe('Succeeded');
    expect(truth?.instances.slice(5)).toMatchObject([
      { instanceId: '5', image: NEW, latestModelApplied: true, serving: true },
      { instanceId: '6', image: NEW, latestModelApplied: true, serving: true },
    ]);
  });

  it('shrinks by the newest instances and never gives their ids again', async () => {
    const lab = startLab();
    await lab.patch({ sku: { capacity: 3 } });
    lab.pass(120);
    const ids = (): unknown[] | undefined =>
      lab.sim.scaleSet('web')?.instances.map((instance) => instance.instanceId);
    expect(ids()).toEqual(['0', '1', '2']);
    expect((await lab.view('4')).status).toBe(404);
    await lab.patch({ sku: { capacity: 4 } });
    expect(ids()).toEqual(['0', '1', '2', '5']);
  });
});

describe('instances that change hands', () => {
  it('end the operation that was waiting for them', async () => {
    const lab = startLab();
    const out = await lab.patch({ sku: { capacity: 8 } });
    lab.pass(5);
    const back = await lab.patch({ sku: { capacity: 4 } });
    lab.pass(300);
    for (const answer of [out, back]) {
      expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
    }
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(4);
  });

  it('while they are being made: an upgrade takes them over', async () => {
    const lab = startLab({ profile: { upgradeDuringModelWrite: 'newModel' } });
    const out = await lab.patch({ sku: { capacity: 6 } });
    lab.pass(5);
    await lab.moveModel();
    await lab.upgrade('5');
    lab.pass(900);
    expect((await lab.call('GET', operationUrl(out))).body.status).toBe('Succeeded');
    expect(lab.sim.scaleSet('web')?.instances[5]).toMatchObject({ image: NEW, serving: true });
  });
});

describe('an Automatic upgrade policy', () => {
  it('upgrades all instances at once, and the operation lasts until they are done (arm-vmss.md 3.3)', async () => {
    const lab = startLab({ upgradePolicy: { mode: 'Automatic' } });
    const answer = await lab.patch(imagePatch({ version: NEW }));
    lab.pass(60);
    expect(lab.serving()).toBe(0);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('InProgress');
    lab.pass(400);
    expect(lab.serving()).toBe(5);
    expect((await lab.call('GET', operationUrl(answer))).body.status).toBe('Succeeded');
  });
});

describe('user data (arm-vmss.md 2)', () => {
  it('is shown on request alone', async () => {
    const lab = startLab({ vmProfile: { userData: 'aGVsbG8=' } });
    const plain = await lab.call('GET', SET);
    expect(plain.body.properties.virtualMachineProfile).not.toHaveProperty('userData');
    const expanded = await lab.call('GET', `${SET}?$expand=userData`);
    expect(expanded.body.properties.virtualMachineProfile.userData).toBe('aGVsbG8=');
  });
});
