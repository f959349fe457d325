import { canonicalJson } from './canonical.ts';
import type { Json, Model } from './model.ts';
import { isObject } from './paths.ts';

/** The dotted paths at and below one at which two values differ, as deep as objects go; lists count as one value. */
export function differences(path: string, before: Json, after: Json): readonly string[] {
  if (!isObject(before) && !isObject(after))
    return canonicalJson(before) === canonicalJson(after) ? [] : [path];
  const [old, next] = [asObject(before), asObject(after)];
  const inside = namesIn(old, next).flatMap((name) =>
    differences(`${path}.${name}`, old[name] ?? null, next[name] ?? null),
  );
  if (inside.length > 0) return inside;
  return canonicalJson(before) === canonicalJson(after) ? [] : [path];
}

/** What to send so that merging makes the one value into the other: what is the same is left out, what goes is null. */
export function mergeBody(before: Json | undefined, after: Json | undefined): Json {
  if (after === undefined) return null;
  if (!isObject(before) || !isObject(after)) return after;
  const names = namesIn(before, after).filter(
    (name) => canonicalJson(before[name]) !== canonicalJson(after[name]) || !Object.hasOwn(after, name),
  );
  return Object.fromEntries(names.map((name) => [name, mergeBody(before[name], after[name])]));
}

function namesIn(a: Model, b: Model): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function asObject(value: Json): Model {
  return isObject(value) ? value : {};
}
