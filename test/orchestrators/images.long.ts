import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const COMPUTE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute`;
const NEWEST = '22.04.202612120';
const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};

function storageOf(lab: Lab): Body {
  const model = lab.sim.scaleSet('web')?.model as Body;
  return model.properties.virtualMachineProfile.storageProfile;
}

describe('an image of its own', () => {
  const made = (name: string) => ({ resourceGroup: 'rollout', name });
  const managed = (name: string): string => `${COMPUTE}/images/${name}`;
  const gallery = (version: string): string => `${COMPUTE}/galleries/shop/images/app/versions/${version}`;

  // Feature [Change] Managed image id (Change, B10)
  it('is changed by the id of another managed image, and back by a rollback', async () => {
    await using lab = await startLab({
      image: { id: managed('old') },
      managedImages: [made('old'), made('new')],
    });
    const first = await lab.rollOut({ change: { image: { id: managed('new') } } });
    expect(first.phase).toBe('succeeded');
    expectImages(lab, managed('new'));
    expect(storageOf(lab).imageReference.id).toBe(managed('new'));
    expectSafe(lab);
    expect((await lab.rollOut({ change: {}, rollbackOf: first.id })).phase).toBe('succeeded');
    expectImages(lab, managed('old'));
  });

  it('that is not there is refused before anything is written', async () => {
    await using lab = await startLab({ image: { id: managed('old') }, managedImages: [made('old')] });
    expect(await lab.rollOut({ change: { image: { id: managed('new') } } })).toMatchObject({
      phase: 'refused',
      failure: { code: 'imageNotFound' },
    });
    expect(writes(lab.log)).toEqual([]);
  });

  // Feature [Change] Gallery image version id (Change, B10)
  it('is changed by the id of another gallery image version', async () => {
    await using lab = await startLab({ image: { id: gallery('1.0.0') } });
    for (const version of ['1.0.0', '1.1.0']) {
      lab.sim.publishGalleryVersion({ resourceGroup: 'rollout', gallery: 'shop', image: 'app', version });
    }
    expect((await lab.rollOut({ change: { image: { id: gallery('1.1.0') } } })).phase).toBe('succeeded');
    expect(storageOf(lab).imageReference.id).toBe(gallery('1.1.0'));
    expect(new Set(lab.sim.scaleSet('web')?.instances.map(({ image }) => image)).size).toBe(1);
    expect(acceptedUpgrades(lab.log)).toHaveLength(5);
    expectSafe(lab);
  });

  // Feature [Change] Custom image URI (Change, B10)
  it('on a disk of its own is changed by another URI', async () => {
    const uri = (name: string): string => `https://store.example/vhds/${name}.vhd`;
    const storageProfile = {
      osDisk: { name: 'os', osType: 'Linux', createOption: 'FromImage', image: { uri: uri('old') } },
    };
    await using lab = await startLab({ vmProfile: { storageProfile } });
    expect((await lab.rollOut({ change: { image: { uri: uri('new') } } })).phase).toBe('succeeded');
    expect(storageOf(lab).osDisk.image.uri).toBe(uri('new'));
    expect(acceptedUpgrades(lab.log)).toHaveLength(5);
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
    expectSafe(lab);
  });
});

describe('a model that says latest', () => {
  async function withDrift(): Promise<Lab> {
    const lab = await startLab({ image: LATEST });
    lab.sim.publishImage({ version: NEWEST });
    return lab;
  }

  // Feature [Change] Older instances behind a model that says `latest` are named (Change, C20)
  it('hides older instances, which the plan names and a rollout without a change leaves alone', async () => {
    await using lab = await withDrift();
    const { body } = await lab.call('POST', '/plans', { scaleSet: WEB });
    const warning = body.warnings.find(({ code }: Body) => code === 'olderThanLatest');
    expect(warning.message).toContain(NEWEST);
    expect(warning.message).toContain('14');
    expect(await lab.rollOut({ change: {} })).toMatchObject({ phase: 'succeeded', noop: true });
    expect(writes(lab.log)).toEqual([]);
    expectImages(lab, NEW);
  });

  // Feature [Change] Older instances behind `latest` are moved on request (Change)
  it('has its older instances moved by asking for latest, and then says the exact version', async () => {
    await using lab = await withDrift();
    expect((await lab.rollOut({ change: { image: { version: 'latest' } } })).phase).toBe('succeeded');
    expectImages(lab, NEWEST);
    expect(modelImage(lab)).toBe(NEWEST);
    expectSafe(lab);
  });
});

describe('a version that is published while a rollout runs', () => {
  // Feature [Change] A version published in mid-run reaches nobody (Change, new 12)
  it('reaches nobody, also where an instance is made anew meanwhile', async () => {
    await using lab = await startLab();
    const id = await lab.start({ change: { image: { version: 'latest' } }, approvals: { before: [2] } });
    await lab.until(id, (r) => r.phase === 'waiting');
    lab.sim.publishImage({ version: NEWEST });
    lab.sim.inject({ kind: 'repair', instances: ['9'] });
    await lab.host.advance(600_000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });

  it('changes the hash of a plan that asked for latest, so that the reviewed one is not run', async () => {
    await using lab = await startLab();
    const spec = { scaleSet: WEB, change: { image: { version: 'latest' } } };
    const { hash } = (await lab.call('POST', '/plans', spec)).body;
    lab.sim.publishImage({ version: NEWEST });
    expect(await lab.rollOut({ ...spec, planHash: hash })).toMatchObject({
      phase: 'refused',
      failure: { code: 'planChanged' },
    });
    expect(writes(lab.log)).toEqual([]);
    expectImages(lab, OLD);
  });
});
