import type { PropertyChange } from '../model/delta.ts';
import type { Json } from '../model/model.ts';
import { isObject, parsePath } from '../model/paths.ts';
import { propertyAt } from '../model/properties.ts';

/**
 * What a rollback writes where something was not there before: mostly null, which takes it away; for some
 * properties the value that documents name for that.
 */
export function absentFor(path: string, value: Json): Json {
  return absentAt(dottedPath(path), value);
}

function absentAt(path: string, value: Json): Json {
  const property = propertyAt(path);
  if (property?.absent !== undefined && property.path.toLowerCase() === path.toLowerCase())
    return property.absent;
  if (!isObject(value)) return null;
  const inside = Object.entries(value).map(
    ([name, item]) => [name, absentAt(`${path}.${name}`, item ?? null)] as const,
  );
  return inside.some(([, absent]) => absent !== null) ? Object.fromEntries(inside) : null;
}

/** What a rollback of this change would set instead of taking it away, by path. */
export function setInstead(
  delta: readonly PropertyChange[],
): readonly { readonly path: string; readonly value: Json }[] {
  return delta.flatMap(({ path, before, after }) => {
    if (before !== null || after === null) return [];
    const absent = absentFor(path, after);
    return absent === null ? [] : leaves(path, absent);
  });
}

function leaves(path: string, value: Json): readonly { readonly path: string; readonly value: Json }[] {
  if (!isObject(value)) return value === null ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([name, item]) => leaves(`${path}.${name}`, item ?? null));
}

function dottedPath(path: string): string {
  return (parsePath(path) ?? []).flatMap((step) => (step.kind === 'name' ? [step.name] : [])).join('.');
}
