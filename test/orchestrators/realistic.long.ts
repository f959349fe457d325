import { describe, expect, it } from 'vitest';
import { expectImages, modelImage } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { somebody } from '../lab/somebody.ts';

const SEEDS = [1, 2, 3, 4, 5];
const IMAGES =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/img/providers/Microsoft.Compute/images';
const VERSION = 'virtualMachineProfile.storageProfile.imageReference.version';
const IMAGE_ID = 'virtualMachineProfile.storageProfile.imageReference.id';

function modelOf(lab: Lab): Body {
  return lab.sim.scaleSet('web')?.model;
}

function osDiskOf(lab: Lab): Body {
  return modelOf(lab).properties.virtualMachineProfile.storageProfile.osDisk;
}

async function eventsOf(lab: Lab, id: string, kind: string): Promise<Body[]> {
  const { body } = await lab.call('GET', `/rollouts/${id}/events`);
  return body.value.filter((event: Body) => event.kind === kind);
}

describe('under every way of the real service a rollout', () => {
  // Feature [Service behaviour that is expected] Recorded and reported ways at once: rollout (docs/SIMULATOR.md)
  //   shown by: under every way of the real service a rollout > reaches its end (seed 1)
  it.each(SEEDS)('reaches its end (seed %i)', async (seed) => {
    await using lab = await startLab({ seed });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
  });

  it.each(SEEDS)('slides to its end (seed %i)', async (seed) => {
    await using lab = await startLab({ seed });
    const rollout = await lab.rollOut({ strategy: { pacing: 'sliding' } });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
  });

  // Feature [Service behaviour that is expected] Recorded and reported ways at once: rollback by failure (docs/SIMULATOR.md)
  //   shown by: under every way of the real service a rollout > goes back by itself (seed 1)
  it.each(SEEDS)('goes back by itself (seed %i)', async (seed) => {
    const faults = [{ kind: 'badImage' as const, version: NEW, updateDomains: [1] }];
    await using lab = await startLab({ seed, faults });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure?.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    expectImages(lab, OLD);
    expect(modelImage(lab)).toBe(OLD);
  });

  it.each(SEEDS)('is undone (seed %i)', async (seed) => {
    await using lab = await startLab({ seed });
    const { id } = await lab.rollOut();
    const undone = await lab.rollOut({ rollbackOf: id, change: undefined });
    expect([undone.phase, undone.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, OLD);
  });
});

describe('reported of real services', () => {
  // Feature [Service behaviour that is expected] The service stamps the profile at our own write (case 01)
  it('that our own write stamps the profile: the rollout goes on', async () => {
    await using lab = await startLab({ profile: { stampsProfile: true } });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });

  // Feature [Service behaviour that is expected] OS-disk settings beside a new custom image (case 02: azure-rest-api-specs#13164)
  it('that an image write resets the OS disk: its settings stand as they were', async () => {
    await using lab = await startLab({
      image: { id: `${IMAGES}/one` },
      profile: { imageWriteResetsOsDisk: 'customImages' },
    });
    const { caching, diskSizeGB } = osDiskOf(lab);
    const rollout = await lab.rollOut({ change: { set: { [IMAGE_ID]: `${IMAGES}/two` } } });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expect(osDiskOf(lab)).toMatchObject({ caching, diskSizeGB });
  });

  // Feature [Service behaviour that is expected] `Latest` in any letters (case 04)
  it('that a model may say Latest: no instance is expected to run a version of that name', async () => {
    const image = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
    await using lab = await startLab({ image: { ...image, version: 'Latest' } });
    const set = { 'virtualMachineProfile.diagnosticsProfile': { bootDiagnostics: { enabled: true } } };
    const rollout = await lab.rollOut({ change: { set } });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
  });

  // Feature [Service behaviour that is expected] Tags are text (case 12: azure-cli#25008)
  //   shown by: reported of real services > that tags are text (numbers become text: true)
  it.each([true, false])('that tags are text (numbers become text: %s)', async (tagValuesBecomeText) => {
    await using lab = await startLab({ profile: { tagValuesBecomeText } });
    const rollout = await lab.rollOut({ change: { set: { 'tags.build': 1234, 'tags.on': true } } });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expect(modelOf(lab).tags).toMatchObject({ build: '1234', on: 'true' });
  });

  const beside = {
    kind: 'sideEffect' as const,
    patch: { properties: { virtualMachineProfile: { storageProfile: { osDisk: { caching: 'ReadOnly' } } } } },
  };
  const CACHING = 'virtualMachineProfile.storageProfile.osDisk.caching';

  // Feature [Service behaviour that is expected] What comes with our own write is named, and goes back with it (case 02)
  it('that a write moves other properties: they are named, and put back on the way back', async () => {
    const bad = { kind: 'badImage' as const, version: NEW, updateDomains: [1] };
    await using lab = await startLab({ faults: [beside, bad] });
    const { caching } = osDiskOf(lab);
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure?.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    const told = await eventsOf(lab, rollout.id, 'sideEffect');
    expect(told.map(({ message }: Body) => message)).toEqual([expect.stringContaining(CACHING)]);
    expect(caching).not.toBe('ReadOnly');
    expect(osDiskOf(lab).caching).toBe(caching);
  });

  it('that it moves them at each write: the way back ends all the same, and tells it twice', async () => {
    const bad = { kind: 'badImage' as const, version: NEW, updateDomains: [1] };
    await using lab = await startLab({ faults: [{ ...beside, count: 'always' }, bad] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure?.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
    const told = await eventsOf(lab, rollout.id, 'sideEffect');
    expect(told.map(({ message }: Body) => message)).toEqual([
      expect.stringContaining(CACHING),
      expect.stringContaining(CACHING),
    ]);
    expectImages(lab, OLD);
  });

  // Feature [Service behaviour that is expected] A field that vanishes at our own write (arm-vmss.md, corrections)
  //   shown by: reported of real services > that a write drops a field: succeeded all the same
  it.each(['succeeded', 'rolledBack'])('that a write drops a field: %s all the same', async (phase) => {
    const bad = { kind: 'badImage' as const, version: NEW, updateDomains: [1] };
    const drop = { kind: 'dropsField' as const, field: 'evictionPolicy' };
    await using lab = await startLab({
      vmProfile: { evictionPolicy: 'Deallocate', priority: 'Spot' },
      faults: [drop, ...(phase === 'rolledBack' ? [bad] : [])],
    });
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe(phase);
    const [told] = await eventsOf(lab, rollout.id, 'sideEffect');
    expect(told.message).toContain('virtualMachineProfile.evictionPolicy');
  });
});

describe('a change of somebody else', () => {
  // Feature [Service behaviour that is expected] A true foreign change halts and is named (Drift)
  it('between our write and our next look halts the rollout, which names the property', async () => {
    await using lab = await startLab({ profile: { stampsProfile: true } });
    const id = await lab.start();
    await lab.until(id, (r) => r.waitingFor?.message?.includes('Azure is applying the'));
    const diagnosticsProfile = { bootDiagnostics: { enabled: true } };
    const body = { properties: { virtualMachineProfile: { diagnosticsProfile } } };
    expect(await somebody(lab, 'PATCH', '', body)).toBeLessThan(300);
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure?.code]).toEqual(['halted', 'conflict']);
    expect(rollout.failure.message).toContain('virtualMachineProfile.diagnosticsProfile');
    expect(rollout.failure.message).not.toContain('timeCreated');
    expect(rollout.failure.message).not.toContain(VERSION);
  });
});
