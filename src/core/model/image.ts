import type { Json, Model } from './model.ts';
import { isObject, lookUp, parsePath } from './paths.ts';

/** What a scale set's model says its instances are made from. */
export type ModelImage =
  | {
      readonly kind: 'platform';
      readonly publisher: string;
      readonly offer: string;
      readonly sku: string;
      /** An exact version, or `latest` in any letters. */
      readonly version: string;
    }
  | { readonly kind: 'other' };

/** Whether a version is no version, but whichever is the newest; nobody knows whether Azure keeps the letters (case 04). */
export function isLatest(version: Json): boolean {
  return typeof version === 'string' && version.toLowerCase() === 'latest';
}

const REFERENCE = parsePath('virtualMachineProfile.storageProfile.imageReference') ?? [];

export function imageOf(model: Model): ModelImage {
  const found = lookUp(model, REFERENCE);
  const reference = found.kind === 'found' && isObject(found.value) ? found.value : {};
  const { publisher, offer, sku, version } = reference;
  if (
    typeof publisher === 'string' &&
    typeof offer === 'string' &&
    typeof sku === 'string' &&
    typeof version === 'string'
  ) {
    return { kind: 'platform', publisher, offer, sku, version };
  }
  return { kind: 'other' };
}
