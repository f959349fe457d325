import { describe, expect, it } from 'vitest';
import { FIRST, KINDS, named, OWN, publish, versionsOn } from '../lab/galleries.ts';
import { startLab, WEB } from '../lab/lab.ts';

describe('a rollout of another version of a gallery image', () => {
  // Feature [Change] Another version of a gallery image, by its number or as latest (Change, B10)
  //   shown by: a rollout of another version of a gallery image > takes what latest may stand for: communityGalleryImageId
  it.each(KINDS)('takes what latest may stand for: %s', async (field, image) => {
    await using lab = await startLab({ count: 2, image: { [field]: `${image}/versions/1.0.0` } });
    publish(lab, '1.0.0');
    publish(lab, '1.1.0');
    publish(lab, '1.2.0', { excludeFromLatest: true });
    const first = await lab.rollOut({ change: { image: { version: 'latest' } } });
    expect(first.phase).toBe('succeeded');
    expect(versionsOn(lab)).toEqual(['1.1.0', '1.1.0']);
    expect((await lab.rollOut({ change: { image: { version: '1.2.0' } } })).phase).toBe('succeeded');
    expect(versionsOn(lab)).toEqual(['1.2.0', '1.2.0']);
    expect((await lab.rollOut({ change: {}, rollbackOf: first.id })).phase).toBe('refused');
    expect(named(lab)).toEqual([`${image}/versions/1.1.0`, `${image}/versions/1.2.0`]);
  });

  it.each(KINDS)('goes back to the version before: %s', async (field, image) => {
    const faults = [{ kind: 'badImage' as const, version: `${image}/versions/1.1.0` }];
    const reference = { [field]: `${image}/versions/1.0.0` };
    await using lab = await startLab({ count: 2, image: reference, faults });
    publish(lab, '1.0.0');
    publish(lab, '1.1.0');
    expect((await lab.rollOut({ change: { image: { version: '1.1.0' } } })).phase).toBe('rolledBack');
    expect(named(lab)).toEqual(['1.1.0', '1.0.0'].map((version) => `${image}/versions/${version}`));
    expect(versionsOn(lab)).toEqual(['1.0.0', '1.0.0']);
  });

  // Feature [Undo] A model without a gallery version goes back to the one that ran (Undo)
  //   shown by: a rollout of another version of a gallery image > goes back to no version where the model had none: id
  it.each(KINDS)('goes back to no version where the model had none: %s', async (field, image) => {
    const faults = [{ kind: 'badImage' as const, version: `${image}/versions/1.1.0` }];
    const options = { count: 2, image: { [field]: image }, galleryVersions: [FIRST], faults };
    await using lab = await startLab(options);
    publish(lab, '1.1.0');
    const { phase, left } = await lab.rollOut({ change: { image: { version: 'latest' } } });
    // It is pinned to what ran, or new disks would get the bad one again.
    expect([phase, left.pinned.was, left.pinned.now]).toEqual([
      'rolledBack',
      image,
      `${image}/versions/1.0.0`,
    ]);
    expect(versionsOn(lab)).toEqual(['1.0.0', '1.0.0']);
  });

  it.each([
    ['9.0.0', 'is not there'],
    ['1.1.0', 'is not in the region'],
  ])('refuses %s, which %s', async (version) => {
    await using lab = await startLab({ count: 2, image: { id: `${OWN}/versions/1.0.0` } });
    publish(lab, '1.0.0');
    publish(lab, '1.1.0', { regions: ['northeurope'] });
    const { body, status } = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { image: { version } },
    });
    expect([status, body.code]).toEqual([422, 'imageNotFound']);
    expect(named(lab)).toEqual([]);
  });
});
