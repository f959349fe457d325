import type { Call, Reply } from '../calls/call.ts';
import type { World } from '../world.ts';
import { findScaleSet } from './find.ts';

/** Sizes that a set can change to without leaving its hardware. */
const SIZES = [
  'Standard_B2s',
  'Standard_D2s_v5',
  'Standard_D4s_v5',
  'Standard_D8s_v5',
  'Standard_DS1_v2',
  'Standard_DS2_v2',
  'Standard_E2s_v5',
  'Standard_E4s_v5',
];

export function listSkus(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const maximum = set.model.properties.singlePlacementGroup === true ? 100 : 1000;
  const value = SIZES.map((name) => ({
    resourceType: 'Microsoft.Compute/virtualMachineScaleSets',
    sku: { name, tier: 'Standard' },
    capacity: { minimum: 0, maximum, defaultCapacity: 1, scaleType: 'Automatic' },
  }));
  return { status: 200, body: { value } };
}
