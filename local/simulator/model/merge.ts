import { isObject, type Json, type JsonObject } from './json.ts';

/** Fields that only the service writes; a body that carries them back is not wrong, they are left alone. */
const READ_ONLY = new Set(['id', 'name', 'type', 'location', 'etag']);
const READ_ONLY_PROPERTIES = new Set(['provisioningState', 'uniqueId', 'timeCreated']);

const READ_ONLY_PROFILE = new Set(['timeCreated']);

/** What a body asks to change: itself without what only the service writes. */
export function writablePart(body: JsonObject): JsonObject {
  const top = without(body, READ_ONLY);
  if (!isObject(top['properties'])) return top;
  const properties = without(top['properties'], READ_ONLY_PROPERTIES);
  const profile = properties['virtualMachineProfile'];
  if (!isObject(profile)) return { ...top, properties };
  return {
    ...top,
    properties: { ...properties, virtualMachineProfile: without(profile, READ_ONLY_PROFILE) },
  };
}

/**
 * PATCH: objects are merged, lists and tags replaced whole (arm-vmss.md 3.3), null removes.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const known = merged[key];
    if (value === null) delete merged[key];
    else if (key !== 'tags' && isObject(value) && isObject(known)) merged[key] = mergePatch(known, value);
    else if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** In a PUT null says no more than an absent field. */
export function withoutNulls(source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(source)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, isObject(value) ? withoutNulls(value) : value]),
  );
}

function without(source: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([key]) => !names.has(key)));
}
