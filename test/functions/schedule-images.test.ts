import { describe, expect, it } from 'vitest';
import { FIRST, KINDS, named, OWN, publish, versionsOn } from '../lab/galleries.ts';
import type { Published } from '../lab/galleries.ts';
import { NEW, scaleSetId, startLab, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';
import { explained, HOUR, NAME, NEWER, patched, put, rollouts, settle, tick } from '../lab/schedules.ts';

async function onGallery(schedule: object, options: LabOptions = {}): Promise<Lab> {
  const image = { id: `${OWN}/versions/1.0.0` };
  const lab = await startLab({ count: 2, image, ...options });
  publish(lab, '1.0.0');
  expect(await put(lab, { scaleSets: [WEB], ...schedule })).toMatchObject({ status: 200 });
  return lab;
}

describe('a schedule of a set on a gallery image', () => {
  // Feature [Schedules] Follows images of the own gallery, of shared and of community galleries (N71)
  //   shown by: a schedule of a set on a gallery image > takes a newer version: communityGalleryImageId
  it.each(KINDS)('takes a newer version: %s', async (field, image) => {
    await using lab = await onGallery({}, { image: { [field]: `${image}/versions/1.0.0` } });
    expect(await explained(lab)).toMatchObject({ code: 'upToDate', version: '1.0.0' });
    publish(lab, '1.0.10');
    publish(lab, '1.0.9');
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(named(lab)).toEqual([`${image}/versions/1.0.10`]);
    expect(versionsOn(lab)).toEqual(['1.0.10', '1.0.10']);
    expect(await explained(lab)).toMatchObject({ code: 'upToDate', version: '1.0.10' });
  });

  // Feature [Schedules] A gallery's excludeFromLatest, end of life and regions are respected, and explain says so (N73, new 12)
  //   shown by: a schedule of a set on a gallery image > passes over a version: excluded from latest
  it.each<[what: string, more: Partial<Published>, code: string]>([
    ['excluded from latest', { excludeFromLatest: true }, 'excludedFromLatest'],
    ['at its end of life', { endOfLifeDate: '2026-11-21T08:00:00Z' }, 'endOfLife'],
    ['not in its region', { regions: ['North Europe'] }, 'notInRegion'],
    ['not whole in its region', { regions: ['West Europe'], replicating: ['West Europe'] }, 'replicating'],
  ])('passes over a version: %s', async (_, more, code) => {
    await using lab = await onGallery({});
    publish(lab, '1.2.0', more);
    await tick(lab);
    expect(await rollouts(lab)).toEqual([]);
    expect(await explained(lab)).toMatchObject({
      code: 'upToDate',
      passedOver: [{ version: '1.2.0', code }],
    });
    // An older one that is right is taken instead, and the other one when it has become so.
    publish(lab, '1.1.0');
    await lab.host.advance(HOUR);
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    publish(lab, '1.2.0', { regions: ['West Europe'] });
    await lab.host.advance(HOUR);
    await tick(lab);
    await settle(lab);
    expect(named(lab)).toEqual([`${OWN}/versions/1.1.0`, `${OWN}/versions/1.2.0`]);
  });

  it('takes a version that reaches its end of life later only until then', async () => {
    await using lab = await onGallery({});
    publish(lab, '1.1.0', { endOfLifeDate: '2026-11-21T10:00:00Z' });
    expect(await explained(lab)).toMatchObject({ outcome: 'start', version: '1.1.0' });
    await lab.host.advance(2 * HOUR);
    expect(await explained(lab)).toMatchObject({ code: 'upToDate' });
  });

  // Feature [Schedules] Versions of a gallery age from when they were published (issue 17)
  it('counts the age of a version from when it was published', async () => {
    await using lab = await onGallery({ leastAgeHours: 48 });
    publish(lab, '1.1.0', { publishedDate: '2026-11-19T09:00:00Z' });
    expect(await explained(lab)).toMatchObject({ code: 'tooYoung', until: '2026-11-21T09:00:00.000Z' });
    await lab.host.advance(HOUR);
    expect(await explained(lab)).toMatchObject({ outcome: 'start', version: '1.1.0' });
  });

  it('moves instances that are older than a model without a version', async () => {
    await using lab = await onGallery({}, { image: { id: OWN }, galleryVersions: [FIRST] });
    expect(await explained(lab)).toMatchObject({ code: 'upToDate', version: '1.0.0' });
    publish(lab, '1.1.0');
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(versionsOn(lab)).toEqual(['1.1.0', '1.1.0']);
  });

  it('stops a version that has failed, whatever versions of other images are called', async () => {
    const image = { id: `${OWN}/versions/1.0.0` };
    const scaleSets = [
      { name: 'web', count: 2, image },
      { name: 'db', count: 2, image: { id: `${OWN.replace('/app', '/db')}/versions/1.0.0` } },
    ];
    const faults = [{ kind: 'badImage' as const, version: `${OWN}/versions/1.1.0` }];
    await using lab = await onGallery({ scaleSets: [WEB, scaleSetId('db')] }, { scaleSets, faults });
    publish(lab, '1.0.0', { image: 'db' });
    publish(lab, '1.1.0');
    await tick(lab);
    expect(await settle(lab)).toEqual(['rolledBack']);
    publish(lab, '1.1.0', { image: 'db' });
    await lab.host.advance(HOUR);
    await tick(lab);
    expect(await settle(lab)).toEqual(['rolledBack', 'succeeded']);
    expect(await explained(lab)).toMatchObject({ code: 'failed', version: '1.1.0' });
  });
});

describe('a schedule of a platform image', () => {
  // Feature [Schedules] A version that its publisher has deprecated is passed over (N72)
  it('passes over a version that is deprecated, or is so by now', async () => {
    await using lab = await startLab({ count: 2 });
    await put(lab, { scaleSets: [WEB] });
    lab.sim.publishImage({ version: '22.04.202612200', deprecation: { state: 'Deprecated' } });
    const deprecation = { state: 'ScheduledForDeprecation' as const, time: '2026-11-21T09:30:00Z' };
    lab.sim.publishImage({ version: NEWER, deprecation });
    const deprecated = (version: string) => ({ version, code: 'deprecated' });
    expect(await explained(lab)).toMatchObject({
      outcome: 'start',
      version: NEWER,
      passedOver: [deprecated('22.04.202612200')],
    });
    await lab.host.advance(2 * HOUR);
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(patched(lab)).toEqual([NEW]);
    expect(await explained(lab)).toMatchObject({
      code: 'upToDate',
      passedOver: [deprecated('22.04.202612200'), deprecated(NEWER)],
    });
  });

  // Feature [Schedules] A schedule may be for one image; a set with another one is left alone, and told why (issue 17)
  //   shown by: a schedule of a platform image > is for one image: of another offer
  it.each<[what: string, source: object, code: string]>([
    ['of the platform', { publisher: 'canonical', offer: '0001-com-ubuntu-server-jammy' }, 'start'],
    [
      'of one sku',
      { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '24' },
      'otherImage',
    ],
    ['of another offer', { publisher: 'Canonical', offer: 'ubuntu-24_04-lts' }, 'otherImage'],
    ['of a gallery', { id: OWN }, 'otherImage'],
  ])('is for one image: %s', async (_, source, code) => {
    await using lab = await startLab({ count: 1 });
    expect(await put(lab, { scaleSets: [WEB], source })).toMatchObject({ status: 200 });
    expect(await explained(lab)).toMatchObject({ code });
  });

  it.each<[path: string, source: object]>([
    ['schedule.source.id', { id: `${OWN}/versions/1.0.0` }],
    [
      'schedule.source.communityGalleryImageId',
      { communityGalleryImageId: '/CommunityGalleries/../Images/app/x' },
    ],
    ['schedule.source', {}],
  ])('is refused with a source that is none: %s', async (path, source) => {
    await using lab = await startLab({ count: 1 });
    expect(await put(lab, { source })).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});

// Feature [Schedules] Sets that share an image cost one list of its versions a look (issue 17)
it('asks once for the versions of an image that many sets share', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `web${index}`);
  const scaleSets = names.map((name) => ({ name, count: 1 }));
  await using lab = await startLab({ scaleSets });
  await put(lab, { scaleSets: names.map((name) => scaleSetId(name)) });
  const { body } = await lab.call('GET', `/schedules/${NAME}/explanation`);
  expect(body.scaleSets.map(({ code }: { code: string }) => code)).toEqual(names.map(() => 'start'));
  const asked = lab.log.flatMap((entry) =>
    entry.kind === 'request' && entry.path.includes('/skus/') ? [entry.path.split('/').at(-1)] : [],
  );
  // And once what is announced of the one that they would take.
  expect(asked).toEqual(['versions', NEW]);
});
