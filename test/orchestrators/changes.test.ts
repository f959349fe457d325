import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, modelOf, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

const SCRIPT = {
  name: 'app',
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: { fileUris: ['https://files/1.sh'], timestamp: 1 },
  },
};

function textOf(lab: Lab): string {
  return JSON.stringify(modelOf(lab));
}

function profileOf(lab: Lab): Record<string, unknown> {
  return modelOf(lab).properties.virtualMachineProfile;
}

/** What was asked of which instances, in order. */
function acts(lab: Lab): string[] {
  return writes(lab.log).flatMap(({ operation, instances, operationId }) =>
    instances === undefined || operationId === undefined ? [] : [`${operation} ${instances.join(',')}`],
  );
}

describe('the image', () => {
  // Feature [Change] Platform image SKU (Change, B9)
  it('moves to another sku, named whole in one write', async () => {
    await using lab = await startLab();
    const rollout = await lab.rollOut({ change: { image: { sku: '22_04-lts' } } });
    expect(rollout.phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(profileOf(lab)).toMatchObject({
      storageProfile: { imageReference: { sku: '22_04-lts', version: NEW } },
    });
    const patches = writes(lab.log).filter(({ operation }) => operation === 'patch');
    expect(patches.map(({ body }) => body)).toMatchObject([
      {
        properties: {
          virtualMachineProfile: {
            storageProfile: { imageReference: { publisher: 'Canonical', sku: '22_04-lts' } },
          },
        },
      },
    ]);
    expectSafe(lab);
  });

  it('moves to another image of its own', async () => {
    const id = (name: string) =>
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/images/${name}`;
    await using lab = await startLab({ image: { id: id('old') } });
    const rollout = await lab.rollOut({ change: { image: { id: id('new') } } });
    // The simulator knows no image of that name unless it was made there.
    expect(['succeeded', 'refused']).toContain(rollout.phase);
    if (rollout.phase === 'refused') expect(rollout.failure.code).toBe('imageNotFound');
  });

  it('keeps its kind', async () => {
    await using lab = await startLab();
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/images/own`;
    const reply = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { image: { id } },
    });
    expect(reply).toMatchObject({ status: 422, body: { code: 'propertyNotChangeable' } });
  });
});

describe('extensions', () => {
  const options: LabOptions = { extensions: [SCRIPT] };
  const settings = { fileUris: ['https://files/2.sh'] };

  // Feature [Change] Extension settings and `forceUpdateTag`, without taking an instance down (Change, B11)
  it('take settings through their own resource, and run again without taking an instance down', async () => {
    await using lab = await startLab(options);
    const rollout = await lab.rollOut({
      change: { extensions: [{ name: 'app', settings, forceUpdateTag: '7' }] },
      health: { stableSeconds: 0 },
    });
    expect(rollout.phase).toBe('succeeded');
    expect(textOf(lab)).toContain('https://files/2.sh');
    expect(textOf(lab)).not.toContain('https://files/1.sh');
    expect(textOf(lab)).toContain('"forceUpdateTag":"7"');
    expect(writes(lab.log).map(({ operation }) => operation)).not.toContain('patch');
    expectSafe(lab, { floor: 15, mostDisruptions: 0 });
  });

  // Feature [Undo] Old extension settings, to the letter (Undo)
  it('get their old settings back, to the letter', async () => {
    const failing = {
      kind: 'operationFails' as const,
      operation: 'manualupgrade' as const,
      nth: 2,
      count: 1,
    };
    await using lab = await startLab({ ...options, faults: [failing] });
    const before = profileOf(lab);
    const rollout = await lab.rollOut({
      change: { extensions: [{ name: 'app', settings }] },
      health: { stableSeconds: 0 },
    });
    expect(rollout.phase).toBe('rolledBack');
    expect(profileOf(lab)).toEqual(before);
  });

  // Feature [Change] Protected settings, only where it is accepted that nobody can undo them; never shown (Change)
  it('take protected settings that nobody can read, only where that is accepted', async () => {
    await using lab = await startLab(options);
    const change = { extensions: [{ name: 'app', protectedSettings: { key: 'hush-hush' } }] };
    const refused = await lab.rollOut({ change });
    expect(refused).toMatchObject({ phase: 'refused', failure: { code: 'irreversibleChange' } });
    expect(writes(lab.log)).toEqual([]);
    const id = await lab.start({
      change,
      strategy: { acceptIrreversible: true },
      health: { stableSeconds: 0 },
    });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    for (const part of ['', '/plan', '/instances', '/events']) {
      expect(JSON.stringify((await lab.call('GET', `/rollouts/${id}${part}`)).body)).not.toContain(
        'hush-hush',
      );
    }
    expect(JSON.stringify(lab.host.history(id))).not.toContain('hush-hush');
    expect(await lab.store.blobs.read(`secrets/${id}`)).toBeUndefined();
    expect(JSON.stringify(await lab.store.documents.list('rollouts', id))).not.toContain('hush-hush');
    expect(writes(lab.log).map(({ operation }) => operation)).toContain('patchExtension');
  });

  it('must be there', async () => {
    await using lab = await startLab(options);
    const rollout = await lab.rollOut({ change: { extensions: [{ name: 'other', settings }] } });
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'pathNotFound' } });
    expect(rollout.failure.message).toContain('app');
  });
});

describe('the OS profile', () => {
  // Feature [Change] OS profile: model, upgrade, reimage (Change, B14)
  it('is taken by an upgrade and then a new disk, batch by batch', async () => {
    await using lab = await startLab({ count: 5 });
    const rollout = await lab.rollOut({
      change: { osProfile: { customData: 'I2Nsb3VkLWNvbmZpZw==' } },
      strategy: { acceptIrreversible: true },
    });
    expect(rollout.phase).toBe('succeeded');
    expect(acts(lab)).toEqual(
      ['0', '1', '2', '3', '4'].flatMap((id) => [`manualupgrade ${id}`, `reimage ${id}`]),
    );
    expectSafe(lab, { floor: 4 });
  });

  // Feature [Undo] What cannot be read cannot be put back, and that is said (Undo)
  it('cannot be put back whole', async () => {
    await using lab = await startLab({
      count: 5,
      faults: [{ kind: 'operationFails', operation: 'reimage', nth: 2 }],
    });
    const rollout = await lab.rollOut({
      change: { osProfile: { adminPassword: 'correct horse 1' }, image: { version: NEW } },
      strategy: { acceptIrreversible: true },
    });
    expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'irreversibleChange' } });
    expect(modelImage(lab)).toBe(OLD);
  });
});

describe('the size', () => {
  // Feature [Change] VM size, a restart where the hardware offers it (Change, B9)
  it('is a restart where the hardware offers it', async () => {
    await using lab = await startLab({ count: 5 });
    const rollout = await lab.rollOut({ change: { vmSize: 'Standard_D4s_v5' } });
    expect(rollout.phase).toBe('succeeded');
    expect(acts(lab).every((act) => act.startsWith('manualupgrade'))).toBe(true);
    expect(textOf(lab)).toContain('Standard_D4s_v5');
    expectSafe(lab, { floor: 4 });
  });

  // Feature [Change] VM size by deallocating, changing and starting, batch by batch (Change, B9, B14)
  it('is too disruptive by default where it is not, and deallocates each batch where that is allowed', async () => {
    await using lab = await startLab({ count: 5 });
    const change = { vmSize: 'Standard_NV6' };
    expect(await lab.rollOut({ change })).toMatchObject({
      phase: 'refused',
      failure: { code: 'tooDisruptive' },
    });
    const rollout = await lab.rollOut({ change, strategy: { mostDisruptiveAllowed: 'deallocate' } });
    expect(rollout.phase).toBe('succeeded');
    expect(acts(lab)).toEqual(
      ['0', '1', '2', '3', '4'].flatMap((id) => [`deallocate ${id}`, `manualupgrade ${id}`, `start ${id}`]),
    );
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
  });

  // Feature [Control] Abort brings up again what the rollout took down (Control)
  it('is started again after an abort in the middle', async () => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start({
      change: { vmSize: 'Standard_NV6' },
      strategy: { mostDisruptiveAllowed: 'deallocate' },
    });
    await lab.until(id, () => acts(lab).includes('deallocate 1'));
    await lab.send(id, 'abort');
    expect((await lab.toEnd(id)).phase).toBe('cancelled');
    await lab.host.advance(600_000);
    expect(lab.sim.scaleSet('web')?.instances.map(({ power }) => power)).toEqual(
      Array.from({ length: 5 }, () => 'running'),
    );
  });
});

describe('any property', () => {
  // Feature [Change] `set`, `add` and `remove` in one write, as `az vmss update` does (Change, B12)
  it('is added, set and removed in one write, as az does', async () => {
    await using lab = await startLab({ tags: { team: 'shop', old: 'yes' } });
    const before = modelOf(lab);
    const id = await lab.start({
      change: { set: { 'tags.team': 'web' }, remove: ['tags.old'] },
    });
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(lab.sim.scaleSet('web')?.model).toMatchObject({ tags: { team: 'web' } });
    expect(textOf(lab)).not.toContain('"old"');
    expect(acceptedUpgrades(lab.log)).toEqual([]);
    const undo = await lab.rollOut({ change: {}, rollbackOf: id });
    expect(undo).toMatchObject({ phase: 'succeeded' });
    expect(modelOf(lab).tags).toEqual(before.tags);
  });

  // Feature [Change] Create-time properties are refused with a remedy (Change, C21)
  //   shown by: any property > orchestrationMode is refused before anything is written
  // Feature [Change] Passwords by `set` are refused: nobody could undo them (Change)
  //   shown by: any property > virtualMachineProfile.osProfile.adminPassword is refused before anything is written
  it.each([
    ['orchestrationMode', 'Flexible', 'propertyNotChangeable'],
    ['sku.capacity', 3, 'propertyNotChangeable'],
    [
      'virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType',
      'Standard_LRS',
      'propertyNotChangeable',
    ],
    ['virtualMachineProfile.networkProfile.networkInterfaceConfigurations[9].primary', true, 'pathNotFound'],
    ['virtualMachineProfile.osProfile.adminPassword', 'x', 'irreversibleChange'],
  ])('%s is refused before anything is written', async (path, value, code) => {
    await using lab = await startLab({ count: 2 });
    const reply = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { set: { [path]: value } },
    });
    expect(reply).toMatchObject({ status: 422, body: { code } });
    expect(writes(lab.log)).toEqual([]);
  });
});

// Feature [Change] Forced reimage (Change, B16)
//   shown by: does a forced reimage to instances that are there already
// Feature [Change] Forced restart (Change, B16)
//   shown by: does a forced restart to instances that are there already
// Feature [Change] Forced redeploy (Change, B16)
//   shown by: does a forced redeploy to instances that are there already
it.each(['reimage', 'restart', 'redeploy'])(
  'does a forced %s to instances that are there already',
  async (force) => {
    await using lab = await startLab({ count: 5 });
    expect((await lab.rollOut({ change: { force } })).phase).toBe('succeeded');
    expect(acts(lab)).toEqual(['0', '1', '2', '3', '4'].map((id) => `${force} ${id}`));
    expectImages(lab, OLD);
    expectSafe(lab, { floor: 4 });
  },
);

it('has nothing to go back to when it changed nothing in the model', async () => {
  await using lab = await startLab({
    count: 5,
    faults: [{ kind: 'operationFails', operation: 'restart', nth: 2 }],
  });
  const rollout = await lab.rollOut({ change: { force: 'restart' } });
  expect(rollout.phase).toBe('halted');
  expect(acts(lab)).toEqual(['restart 0', 'restart 1']);
});
