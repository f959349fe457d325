import { describe, expect, it } from 'vitest';
import { REAL_WAYS } from '../../local/simulator/ways.ts';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

const NEWEST = '22.04.202612120';
const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };

function set(version: string, option?: string): LabOptions {
  const osDisk = {
    osType: 'Linux',
    createOption: 'FromImage',
    caching: 'ReadOnly',
    ...(option !== undefined && { diffDiskSettings: { option, placement: 'CacheDisk' } }),
  };
  const imageReference = { ...PLATFORM, version };
  return { count: 5, vmProfile: { storageProfile: { imageReference, osDisk } }, profile: REAL_WAYS };
}

/** What the service was told with each reimage, by the bodies that reached it. */
function forcedIn(lab: Lab): readonly unknown[] {
  return writes(lab.log)
    .filter(({ operation }) => operation === 'reimage')
    .map(({ body }) => (body as Record<string, unknown>)['forceUpdateOSDiskForEphemeral']);
}

// Feature [Change] Ephemeral OS disks are brought to the model's image by a reimage (azure-cli#28670)
//   shown by: a reimage of ephemeral OS disks > brings them to the newest image
describe('a reimage of ephemeral OS disks', () => {
  it('brings them to the newest image', async () => {
    await using lab = await startLab(set('latest', 'Local'));
    lab.sim.publishImage({ ...PLATFORM, version: NEWEST });
    expect((await lab.rollOut({ change: { force: 'reimage' } })).phase).toBe('succeeded');
    expectImages(lab, NEWEST);
    expect(new Set(forcedIn(lab))).toEqual(new Set([true]));
    expectSafe(lab, { floor: 4 });
  });

  it('says so after an upgrade, too', async () => {
    await using lab = await startLab(set(OLD, 'Local'));
    const change = { image: { version: NEW }, osProfile: { adminUsername: 'operator' } };
    expect((await lab.rollOut({ change })).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(new Set(forcedIn(lab))).toEqual(new Set([true]));
  });

  it('is no different for disks of other kinds', async () => {
    await using lab = await startLab(set('latest'));
    lab.sim.publishImage({ ...PLATFORM, version: NEWEST });
    expect((await lab.rollOut({ change: { force: 'reimage' } })).phase).toBe('succeeded');
    expectImages(lab, NEWEST);
    expect(new Set(forcedIn(lab))).toEqual(new Set([undefined]));
  });
});
