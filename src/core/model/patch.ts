import { withCompanions } from './companions.ts';
import { readable } from './delta.ts';
import type { PropertyChange } from './delta.ts';
import { mergeBody } from './differences.ts';
import type { Json, Model } from './model.ts';
import { isObject, lookUp, parsePath, withValue } from './paths.ts';
import type { Step } from './paths.ts';

/** What restores a delta: every property as it was, but for those that nobody can read. */
export function inverse(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  // fence I7: the model goes back to what it was
  return readable(delta).map(({ before, after, ...kept }) => ({ ...kept, before: after, after: before }));
}

/** The model as it should look afterwards. */
export function applyDelta(model: Model, delta: readonly PropertyChange[]): Model {
  return delta.reduce(
    (changed, { path, after }) => withValue(changed, parsePath(path) ?? [], after ?? undefined),
    model,
  );
}

/**
 * The PATCH body: only what changes. ARM merges objects and replaces lists and tags, so a change inside a list sends
 * that list whole, and one tag all of them; a property that goes is sent as null.
 */
export function patchOf(model: Model, delta: readonly PropertyChange[]): Model {
  const changed = applyDelta(model, delta);
  const own = delta.reduce<Model>((body, { path }) => {
    const names = namesOf(parsePath(path) ?? []);
    const [before, after] = [model, changed].map((whole) => {
      const found = lookUp(whole, names);
      return found.kind === 'found' ? found.value : undefined;
    });
    return setNull(body, names, bodyOf(names, before, after));
  }, {});
  return withCompanions(own, changed);
}

function bodyOf(names: readonly Step[], before: Json | undefined, after: Json | undefined): Json {
  if (isWhole(names)) return after ?? null;
  // fence I7: only what the delta names is written
  const body = mergeBody(before, after);
  const last = names.at(-1);
  // Azure takes another image only when it is named whole, in one write (arm-vmss.md 3.4).
  const isImage = last?.kind === 'name' && last.name === 'imageReference';
  return isImage && isObject(after) && isObject(body) ? { ...after, ...body } : body;
}

function isWhole([first]: readonly Step[]): boolean {
  return first?.kind === 'name' && first.name === 'tags';
}

/** A path as far as neither a list nor the tags, which are replaced whole, come in its way. */
export function namesOf(steps: readonly Step[]): readonly Step[] {
  if (isWhole(steps)) return steps.slice(0, 1);
  const upTo = steps.findIndex((step) => step.kind !== 'name');
  return upTo === -1 ? steps : steps.slice(0, upTo);
}

/** As `withValue`, but null stays in the body. */
function setNull(body: Model, [step, ...rest]: readonly Step[], value: Json): Model {
  if (step?.kind !== 'name') return body;
  const inner = body[step.name];
  return {
    ...body,
    [step.name]: rest.length === 0 ? value : setNull(isObject(inner) ? inner : {}, rest, value),
  };
}
