import type { Model } from './model.ts';
import { isObject } from './paths.ts';
import { spelled } from './provisioning.ts';

export function locationOf(model: Model): string {
  return typeof model['location'] === 'string' ? model['location'] : '';
}

/** How many instances the set is to have; `undefined` where it does not say. */
export function capacityOf({ sku }: Model): number | undefined {
  const capacity = isObject(sku) ? Number(sku['capacity'] ?? Number.NaN) : Number.NaN;
  return Number.isFinite(capacity) ? capacity : undefined;
}

/** As this app spells it. */
export function provisioningStateOf({ properties }: Model): string {
  const state = isObject(properties) ? properties['provisioningState'] : undefined;
  return typeof state === 'string' ? spelled(state) : '';
}
