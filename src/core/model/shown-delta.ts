import { fingerprint } from './canonical.ts';
import { valueAt } from './changed-paths.ts';
import { readable } from './delta.ts';
import type { PropertyChange } from './delta.ts';
import { meaningHash, meansSame, meansSameOrDefault, saidAt } from './meaning.ts';
import type { Json, Model } from './model.ts';
import { namesOf } from './patch.ts';
import { isObject, parsePath, withValue } from './paths.ts';

/** Whether the model holds all that was asked for; the service may have added defaults beside it. */
export function isApplied(model: Model, delta: readonly PropertyChange[]): boolean {
  return delta.every(
    ({ path, before, after, isSecret }) =>
      isSecret === true || holds(path, valueAt(model, path), after, before),
  );
}

function holds(path: string, actual: Json, wanted: Json, before: Json): boolean {
  if (!isObject(wanted) || !isObject(actual)) return meansSameOrDefault(path, actual, wanted);
  const old = isObject(before) ? before : {};
  const hasAll = Object.entries(wanted).every(([name, item]) =>
    holds(`${path}.${name}`, actual[name] ?? null, item, old[name] ?? null),
  );
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(wanted, name));
  return hasAll && gone.every((name) => saidAt(`${path}.${name}`, actual[name] ?? null) === null);
}

/** Fingerprint of what stands at the changed fields: somebody else's change of one of them shows in it. */
export function valuesHash(model: Model, delta: readonly PropertyChange[]): string {
  return fingerprint(readable(delta).map(({ path }) => [path, saidAt(path, valueAt(model, path))]));
}

/**
 * Whether a change still finds what it is to replace. A fingerprint of the whole model does not tell: tags are not in
 * it. In a rollback a field may also never have been changed at all.
 */
export function findsItsFields(
  model: Model,
  delta: readonly PropertyChange[],
  direction: 'forward' | 'rollback',
): boolean {
  return readable(delta).every(({ path, before, after }) => {
    const actual = valueAt(model, path);
    return direction === 'forward'
      ? meansSameOrDefault(path, actual, before)
      : holds(path, actual, before, after) || meansSameOrDefault(path, actual, after);
  });
}

/** Whether nothing of it has to be written. */
export function isThereAlready(model: Model, delta: readonly PropertyChange[]): boolean {
  return delta.every(
    ({ path, after, isSecret }) => isSecret !== true && meansSame(path, valueAt(model, path), after),
  );
}

/** The model's fingerprint without what the delta changes: nobody else may have moved that. */
export function hashOutside(model: Model, delta: readonly PropertyChange[]): string {
  const without = delta.reduce(
    (rest, { path }) => withValue(rest, namesOf(parsePath(path) ?? []), undefined),
    model,
  );
  return modelHash(without);
}

/**
 * What must not change behind a rollout's back: all that instances are made from. Capacity, tags, states and times
 * move for harmless reasons, and the same may be written in other letters.
 */
export function modelHash({ sku, zones, properties }: Model): string {
  const { name } = isObject(sku) ? sku : { name: null };
  return meaningHash({
    sku: { name: name ?? null },
    zones: zones ?? null,
    // fence I14: the hash tells what instances are made from
    properties: properties ?? {},
  });
}
