import { describe, expect, it } from 'vitest';
import { ADDRESS, aCompute, ENDPOINT, json } from './fake-arm.ts';

const { subscriptionId } = ADDRESS;
const OWN = `/subscriptions/${subscriptionId}/resourceGroups/images/providers/Microsoft.Compute/galleries/shop/images/app`;
const LOCATIONS = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/westeurope`;

const asked = (id: string) => ({ subscriptionId, location: 'West Europe', id });

describe('versions in a gallery', () => {
  it.each([
    [OWN, `${OWN}/versions`],
    ['/CommunityGalleries/shop-1a/Images/app', `${LOCATIONS}/communityGalleries/shop-1a/images/app/versions`],
    ['/sharedGalleries/1a-SHOP/images/app', `${LOCATIONS}/sharedGalleries/1a-SHOP/images/app/versions`],
  ])('of %s are asked for where they are', async (id, path) => {
    const { compute, requests } = aCompute(() => json({ value: [] }));
    expect(await compute.galleryVersions(asked(id))).toEqual({ kind: 'ok', value: [] });
    expect(requests.map(({ url }) => url)).toEqual([`${ENDPOINT}${path}?api-version=2025-12-03`]);
  });

  it.each([
    '/CommunityGalleries/../Images/app',
    '/CommunityGalleries/shop/Images/..',
    `${OWN}/../../x`,
    '//x/y',
  ])('of %s are asked of nobody', (id) => {
    const { compute, requests } = aCompute(() => json({ value: [] }));
    expect(() => compute.galleryVersions(asked(id))).toThrow('no image');
    expect(requests).toEqual([]);
  });

  it('are read to the last page, in the shape of either kind of gallery', async () => {
    const nextLink = `${ENDPOINT}${OWN}/versions?page=2`;
    const own = {
      excludeFromLatest: true,
      publishedDate: '2026-11-01T00:00:00Z',
      endOfLifeDate: '2027-11-01T00:00:00Z',
      targetRegions: [{ name: 'West Europe', regionalReplicaCount: 1 }],
    };
    const pages = [
      { value: [{ name: '1.0.0', properties: { publishingProfile: own } }], nextLink },
      { value: [{ name: '1.1.0', properties: { excludeFromLatest: false } }, { name: '1.2.0' }] },
    ];
    const { compute } = aCompute(() => json(pages.shift()));
    expect(await compute.galleryVersions(asked(OWN))).toEqual({
      kind: 'ok',
      value: [
        {
          version: '1.0.0',
          isExcluded: true,
          published: Date.UTC(2026, 10, 1),
          endOfLife: Date.UTC(2027, 10, 1),
          regions: ['West Europe'],
        },
        { version: '1.1.0', isExcluded: false },
        { version: '1.2.0', isExcluded: false },
      ],
    });
  });

  it('are followed to no other host', async () => {
    const { compute, requests } = aCompute(() => json({ value: [], nextLink: 'https://elsewhere.example/' }));
    expect(await compute.galleryVersions(asked(OWN))).toMatchObject({
      kind: 'refused',
      code: 'ForeignNextLink',
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [[{ region: 'West Europe', state: 'Completed' }], true],
    [[{ region: 'westeurope', state: 'Replicating' }], false],
    [[{ region: 'North Europe', state: 'Completed' }], false],
    [[], false],
  ])('have a copy where the service says so: %j', async (summary, expected) => {
    const { compute, requests } = aCompute(() => json({ properties: { replicationStatus: { summary } } }));
    const id = `${OWN}/versions/1.0.0`;
    expect(await compute.hasCopy(asked(id))).toEqual({ kind: 'ok', value: expected });
    expect(requests.map(({ url }) => url)).toEqual([
      `${ENDPOINT}${id}?api-version=2025-12-03&%24expand=ReplicationStatus`,
    ]);
  });
});

describe('what is announced of a platform image', () => {
  const image = { subscriptionId, location: 'westeurope', publisher: 'p', offer: 'o', sku: 's' };
  it.each([
    [{}, { isDeprecated: false }],
    [{ imageDeprecationStatus: { imageState: 'Active' } }, { isDeprecated: false }],
    [{ imageDeprecationStatus: { imageState: 'Deprecated' } }, { isDeprecated: true }],
    [
      {
        imageDeprecationStatus: {
          imageState: 'ScheduledForDeprecation',
          scheduledDeprecationTime: '2027-01-01T00:00:00Z',
        },
      },
      { isDeprecated: false, deprecates: Date.UTC(2027, 0, 1) },
    ],
  ])('is read: %j', async (properties, value) => {
    const { compute, requests } = aCompute(() => json({ name: '1.0.0', location: 'westeurope', properties }));
    expect(await compute.imageVersion(image, '1.0.0')).toEqual({ kind: 'ok', value });
    expect(requests[0]?.url).toContain('/skus/s/versions/1.0.0?');
  });
});
