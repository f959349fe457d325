import { describe, expect, it } from 'vitest';
import { aCompute, ADDRESS, ENDPOINT, json, SCALE_SET_URL } from './fake-arm.ts';

const OTHER = '22222222-2222-3333-4444-555555555555';
const SUBSCRIPTIONS_URL = `${ENDPOINT}/subscriptions?api-version=2022-12-01`;

describe('the subscriptions', () => {
  it('come from every page', async () => {
    const { compute, requests } = aCompute(({ url }) =>
      url === SUBSCRIPTIONS_URL
        ? json({ value: [{ subscriptionId: ADDRESS.subscriptionId }], nextLink: `${ENDPOINT}/more` })
        : json({ value: [{ subscriptionId: OTHER }] }),
    );
    const value = [ADDRESS.subscriptionId, OTHER];
    expect(await compute.subscriptions()).toEqual({ kind: 'ok', value });
    expect(requests.map(({ url }) => url)).toEqual([SUBSCRIPTIONS_URL, `${ENDPOINT}/more`]);
  });

  it('never lead to another host', async () => {
    const { compute, requests } = aCompute(() => json({ value: [], nextLink: 'https://evil.example/x' }));
    expect(await compute.subscriptions()).toMatchObject({ kind: 'refused', code: 'ForeignNextLink' });
    expect(requests).toHaveLength(1);
  });
});

describe('the scale sets of a subscription', () => {
  it('come whole, each with its address', async () => {
    const id =
      `/subscriptions/${ADDRESS.subscriptionId}/resourceGroups/SHOP` +
      '/providers/Microsoft.Compute/virtualMachineScaleSets/web';
    const model = { id, future: [1], properties: { provisioningState: 'Succeeded' } };
    const { compute, requests } = aCompute(() => json({ value: [model, { id: '/no/scale/set' }] }));
    expect(await compute.scaleSets(ADDRESS.subscriptionId)).toEqual({
      kind: 'ok',
      value: [{ address: { ...ADDRESS, resourceGroup: 'SHOP' }, model }],
    });
    expect(requests.map(({ url }) => url)).toEqual([
      `${ENDPOINT}/subscriptions/${ADDRESS.subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2026-04-01`,
    ]);
  });

  it('are never asked for under a name that is no subscription', async () => {
    const { compute, requests } = aCompute(() => json({ value: [] }));
    expect(() => compute.scaleSets('../../x')).toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

it('the instance view of a scale set is read from its own address', async () => {
  const { compute, requests } = aCompute(() => json({ statuses: [] }));
  expect(await compute.scaleSetView(ADDRESS)).toEqual({ kind: 'ok', value: { statuses: [] } });
  expect(requests.map(({ url }) => url)).toEqual([`${SCALE_SET_URL}/instanceView?api-version=2026-04-01`]);
});
