import type { Model } from './model.ts';
import { isObject } from './paths.ts';

export function locationOf(model: Model): string {
  return typeof model['location'] === 'string' ? model['location'] : '';
}

export function provisioningStateOf({ properties }: Model): string {
  const state = isObject(properties) ? properties['provisioningState'] : undefined;
  return typeof state === 'string' ? state : '';
}
