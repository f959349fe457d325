import { describe, expect, it } from 'vitest';
import { expectImages, expectSafe, modelOf, writes } from '../lab/judge.ts';
import { OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const IMAGE = 'virtualMachineProfile.storageProfile.imageReference';
const JAMMY = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const NOBLE = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
const DEBIAN = { publisher: 'Debian', offer: 'debian-12', sku: '12-gen2' };
const VERSIONS = ['24.04.202610010', '24.04.202611020'] as const;
const [, NEWEST] = VERSIONS;

async function withOthers(options: Parameters<typeof startLab>[0] = {}): Promise<Lab> {
  const lab = await startLab({ count: 5, ...options });
  for (const image of [NOBLE, DEBIAN])
    for (const version of VERSIONS) lab.sim.publishImage({ ...image, version });
  return lab;
}

const imageOf = (lab: Lab): unknown =>
  modelOf(lab).properties.virtualMachineProfile.storageProfile.imageReference;
const byPaths = (image: object) =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [`${IMAGE}.${name}`, value]));

// Feature [Change] Another publisher and offer, named together with sku and version (Change, B10)
//   shown by: an image of another offer > is rolled out and undone: by its field, newest version
describe('an image of another offer', () => {
  it.each<[string, object, object]>([
    ['by its field, newest version', { image: NOBLE }, { ...NOBLE, version: NEWEST }],
    ['by its field', { image: { ...DEBIAN, version: VERSIONS[0] } }, { ...DEBIAN, version: VERSIONS[0] }],
    ['as one object', { set: { [IMAGE]: { ...NOBLE, version: NEWEST } } }, { ...NOBLE, version: NEWEST }],
    ['path by path', { set: byPaths({ ...DEBIAN, version: NEWEST }) }, { ...DEBIAN, version: NEWEST }],
    [
      'path by path, where the sku stays',
      { set: byPaths({ ...NOBLE, sku: JAMMY.sku, version: NEWEST }) },
      { ...NOBLE, sku: JAMMY.sku, version: NEWEST },
    ],
  ])('is rolled out and undone: %s', async (_, change, wanted) => {
    await using lab = await withOthers();
    lab.sim.publishImage({ ...NOBLE, sku: JAMMY.sku, version: NEWEST });
    const planned = await lab.call('POST', '/plans', { scaleSet: WEB, change });
    expect([planned.status, planned.body.class, planned.body.delta]).toEqual([
      200,
      'reimage',
      [{ path: IMAGE, before: { ...JAMMY, version: OLD }, after: wanted, class: 'reimage' }],
    ]);
    const rollout = await lab.rollOut({ change });
    expect(rollout.phase).toBe('succeeded');
    expect(imageOf(lab)).toEqual(wanted);
    expectImages(lab, (wanted as Body).version);
    expect((await lab.rollOut({ change: {}, rollbackOf: rollout.id })).phase).toBe('succeeded');
    expect(imageOf(lab)).toEqual({ ...JAMMY, version: OLD });
    expectImages(lab, OLD);
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
  });

  it('is taken back where it makes instances sick', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEWEST, instances: ['0'] }];
    await using lab = await withOthers({ faults });
    expect((await lab.rollOut({ change: { image: NOBLE } })).phase).toBe('rolledBack');
    expect(imageOf(lab)).toEqual({ ...JAMMY, version: OLD });
    expectImages(lab, OLD);
  });

  it.each([
    ['an offer alone', { set: { [`${IMAGE}.offer`]: NOBLE.offer } }],
    ['publisher and offer', { set: byPaths({ publisher: 'Debian', offer: 'debian-12' }) }],
    ['no version', { set: byPaths(NOBLE) }],
    ['an object without a version', { set: { [IMAGE]: NOBLE } }],
  ])('is refused for %s, and told what to name', async (_, change) => {
    await using lab = await withOthers();
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change });
    expect([status, body.code]).toEqual([422, 'propertyNotChangeable']);
    expect(body.remedy).toMatch(/publisher, offer, sku and version together/);
    expect(writes(lab.log)).toEqual([]);
  });

  it.each([
    ['nothing is published of it', { ...NOBLE, sku: 'minimal' }, 'imageNotFound'],
    ['it has no such version', { ...NOBLE, version: '1.2.3' }, 'imageNotFound'],
  ])('is refused where %s', async (_, image, code) => {
    await using lab = await withOthers();
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: { image } });
    expect([status, body.code]).toEqual([422, code]);
  });

  it('is refused in a set that upgrades its image itself', async () => {
    await using lab = await withOthers({
      image: { ...JAMMY, version: 'latest' },
      upgradePolicy: { mode: 'Rolling', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
    });
    for (const change of [{ image: NOBLE }, { set: { [IMAGE]: { ...NOBLE, version: NEWEST } } }]) {
      const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change });
      expect([status, body.code]).toEqual([422, 'automaticOsUpgrade']);
    }
  });

  it.each([
    { publisher: 'Debian' },
    { publisher: 'Debian', offer: 'debian-12' },
    { offer: 'debian-12', sku: '12' },
  ])('is no image by %j alone', async (image) => {
    await using lab = await withOthers();
    const { status, body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: { image } });
    expect([status, body.code]).toEqual([400, 'invalidSpec']);
  });
});
