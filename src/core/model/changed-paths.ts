import { canonicalJson } from './canonical.ts';
import type { Json, Model } from './model.ts';
import { lookUp, parsePath, pathText, withValue } from './paths.ts';
import type { Step } from './paths.ts';

/**
 * Which properties to compare and to put back. A property whose parents are new is named by the outermost of them, or
 * a rollback would leave an empty object behind; a list is named whole where its items cannot be found again.
 */
export function changedPaths(before: Model, after: Model, edited: readonly string[]): readonly string[] {
  const named = outermost(edited.map((path) => firstNew(before, parsePath(path) ?? [])));
  return isReversible(before, after, named) ? named : outermost(named.map((path) => upToList(path)));
}

/** The value at a path; `null` where there is none. */
export function valueAt(model: Model, path: string): Json {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? found.value : null;
}

function firstNew(before: Model, steps: readonly Step[]): string {
  const known = steps.findIndex((_, depth) => lookUp(before, steps.slice(0, depth + 1)).kind !== 'found');
  const named = known === -1 ? steps : steps.slice(0, known + 1);
  // An item that was not there is no property of its own: its list is.
  const end = named.findLastIndex(({ kind }) => kind === 'name') + 1;
  return pathText(known === -1 ? named : named.slice(0, end));
}

function upToList(path: string): string {
  const steps = parsePath(path) ?? [];
  const list = steps.findIndex(({ kind }) => kind !== 'name');
  return pathText(list === -1 ? steps : steps.slice(0, list));
}

/** Without those that stand inside another one. */
function outermost(paths: readonly string[]): readonly string[] {
  const distinct = [...new Set(paths)];
  const isInside = (path: string, other: string): boolean =>
    path !== other && path.startsWith(other) && /^[.[]/.test(path.slice(other.length)) && !isOneTag(other);
  return distinct.filter((path) => !distinct.some((other) => isInside(path, other)));
}

/** Nothing stands inside a tag: a longer name is another tag. */
function isOneTag(path: string): boolean {
  return path.startsWith('tags.');
}

/** Whether the values at these paths make each of the models into the other one. */
function isReversible(before: Model, after: Model, paths: readonly string[]): boolean {
  const moved = (from: Model, to: Model): Model =>
    paths.reduce(
      (model, path) => withValue(model, parsePath(path) ?? [], valueAt(to, path) ?? undefined),
      from,
    );
  const same = (a: Model, b: Model): boolean => canonicalJson(a) === canonicalJson(b);
  return same(moved(before, after), after) && same(moved(after, before), before);
}
