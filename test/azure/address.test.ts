import { describe, expect, it } from 'vitest';
import { formatScaleSetId, parseScaleSetId } from '../../src/azure/address.ts';

const SUBSCRIPTION = '11111111-2222-3333-4444-55555555555a';
const ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-(eu).1/providers/Microsoft.Compute/virtualMachineScaleSets/web_1.a-b`;

describe("a scale set's id", () => {
  it('is split and put together again', () => {
    const address = { subscriptionId: SUBSCRIPTION, resourceGroup: 'shop-(eu).1', name: 'web_1.a-b' };
    expect(parseScaleSetId(ID)).toEqual(address);
    expect(formatScaleSetId(address)).toBe(ID);
  });

  it('is read in any case, its names kept as they are', () => {
    const id = ID.replace('resourceGroups', 'resourcegroups').replace(
      'Microsoft.Compute',
      'MICROSOFT.COMPUTE',
    );
    expect(parseScaleSetId(`${id}/`)?.resourceGroup).toBe('shop-(eu).1');
  });

  it.each([
    '',
    'web',
    ID.slice(1),
    ID.replace(SUBSCRIPTION, 'mine'),
    ID.replace('shop-(eu).1', '..'),
    ID.replace('shop-(eu).1', 'a/b'),
    ID.replace('shop-(eu).1', 'a%2Fb'),
    ID.replace('web_1.a-b', '.'),
    ID.replace('web_1.a-b', '-web'),
    ID.replace('web_1.a-b', 'web?x=1'),
    ID.replace('web_1.a-b', 'web\n'),
    ID.replace('web_1.a-b', 'w'.repeat(65)),
    ID.replace('virtualMachineScaleSets', 'virtualMachines'),
    `${ID}/virtualMachines/0`,
    `${ID}//`,
    `x${ID}`,
  ])('is not "%s"', (id) => {
    expect(parseScaleSetId(id)).toBeUndefined();
  });
});
