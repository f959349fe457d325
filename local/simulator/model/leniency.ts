import type { Ways } from '../ways.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** A body with what the service takes although it is of another type: tag values and the capacity. */
export function lenient(
  ways: Pick<Ways, 'tagValuesBecomeText' | 'capacityMayBeText'>,
  body: JsonObject,
): JsonObject {
  const { tags, sku } = body;
  return {
    ...body,
    ...(ways.tagValuesBecomeText && isObject(tags) ? { tags: withTextValues(tags) } : {}),
    ...(ways.capacityMayBeText && isObject(sku) ? { sku: withNumericCapacity(sku) } : {}),
  };
}

function withTextValues(tags: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, asText(value)]));
}

function asText(value: Json | undefined): Json | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function withNumericCapacity(sku: JsonObject): JsonObject {
  const { capacity } = sku;
  return typeof capacity === 'string' && /^\d+$/.test(capacity)
    ? { ...sku, capacity: Number(capacity) }
    : sku;
}
