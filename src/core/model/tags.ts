import type { PropertyChange } from './delta.ts';
import type { Json, Model } from './model.ts';
import { isObject, parsePath } from './paths.ts';

/** The tags of a scale set, by their names in lower case: Azure tells no other letters apart there (tag-resources.md). */
export type Tags = Readonly<Record<string, string>>;

export function tagsOf({ tags }: Model): Tags {
  return tagsIn(tags);
}

function tagsIn(tags: Json | undefined): Tags {
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/** Which tags a path of the model is about: one by its name in lower case, `all`, or none. */
function tagAt(path: string): string | undefined {
  const [first, second] = parsePath(path) ?? [];
  if (first?.kind !== 'name' || first.name !== 'tags') return undefined;
  return second?.kind === 'name' ? second.name.toLowerCase() : 'all';
}

/** The edits of a change, as far as they name paths. */
interface Edits {
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly add?: Readonly<Record<string, unknown>> | readonly { readonly path: string }[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** Those of these tags that edits change. */
export function tagsChangedBy(
  { set = {}, add = {}, remove = [] }: Edits,
  names: readonly string[],
): readonly string[] {
  const added = isListed(add) ? add.map(({ path }) => path) : Object.keys(add);
  return touched([...Object.keys(set), ...added, ...remove], names);
}

function isListed(add: NonNullable<Edits['add']>): add is readonly { readonly path: string }[] {
  return Array.isArray(add);
}

/** Those of these tags that a delta changes. */
export function tagsChangedIn(delta: readonly PropertyChange[], names: readonly string[]): readonly string[] {
  return touched(
    delta.map(({ path }) => path),
    names,
  );
}

function touched(paths: readonly string[], names: readonly string[]): readonly string[] {
  const at = paths.map((path) => tagAt(path));
  return names.filter((name) => at.some((tag) => tag === 'all' || tag === name));
}

/** What tags are once a delta is in. */
function tagsAfter(before: Tags, delta: readonly PropertyChange[]): Tags {
  return delta.reduce<Tags>((tags, { path, after }) => {
    const tag = tagAt(path);
    if (tag === undefined) return tags;
    if (path === 'tags') return tagsIn(after);
    const { [tag]: _gone, ...others } = tags;
    return typeof after === 'string' ? { ...others, [tag]: after } : others;
  }, before);
}

/** Those of these tags that somebody else has changed: they are neither as they were nor as the delta makes them. */
export function retagged(
  { before, now }: { readonly before: Tags; readonly now: Tags },
  delta: readonly PropertyChange[],
  names: readonly string[],
): readonly string[] {
  const after = tagsAfter(before, delta);
  return names.filter((name) => now[name] !== before[name] && now[name] !== after[name]);
}
