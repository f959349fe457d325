import { canonicalJson } from './canonical.ts';
import type { Json, Model } from './model.ts';

/** One step of a property path: a name, an index, or the item whose field has a value. */
export type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'where'; readonly field: string; readonly value: Json; readonly text: string };

/** What stands beside `properties` in ARM's own shape; every other first name stands inside it. */
const TOP_LEVEL = [
  'sku',
  'tags',
  'zones',
  'extendedLocation',
  'placement',
  'systemData',
  'plan',
  'identity',
  'location',
  'name',
  'id',
  'type',
  'etag',
];

/** By what they are called in letters of one kind. */
const TOP_LEVEL_NAMES: ReadonlyMap<string, string> = new Map(
  TOP_LEVEL.map((name) => [snakeCase(name), name]),
);

/** Names that would reach an object's prototype. */
const POISON = new Set(['__proto__', 'prototype', 'constructor']);

const TAG = /^tags\.([^\p{Cc}]+)$/iu;

/** Whether a path names what every object has from its prototype; such a path is none of a model. */
export function leadsToPrototype(text: string): boolean {
  return text.split(/[.[\]=]+/).some((name) => POISON.has(name.trim()));
}

/**
 * Reads a path as `az vmss update` writes it, for example `virtualMachineProfile.a[0].b`, `a.list[-1]` or
 * `a.list[name=web].c`, into steps in ARM's shape. `undefined` when it is no path.
 */
export function parsePath(text: string): readonly Step[] | undefined {
  const tag = TAG.exec(text)?.[1];
  // People write periods into the names of tags, and a tag holds nothing that a path could lead on to.
  if (tag !== undefined) {
    return POISON.has(tag)
      ? undefined
      : [
          { kind: 'name', name: 'tags' },
          { kind: 'name', name: tag },
        ];
  }
  const steps: Step[] = [];
  if (text.startsWith('.')) return undefined;
  const written = text.replaceAll('.[', '[');
  const token = /(?:^|\.)([^.[\]=\p{Cc}]+)|\[(-?\d+)\]|\[([^[\]=]+)=([^\]]+)\]/uy;
  while (token.lastIndex < written.length) {
    const found = token.exec(written);
    if (found === null) return undefined;
    const [, name, index, field, value] = found;
    if (name !== undefined) {
      if (POISON.has(name)) return undefined;
      steps.push({ kind: 'name', name });
    } else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (field !== undefined && value !== undefined) {
      steps.push({ kind: 'where', field, value: jsonOrText(value), text: value });
    }
  }
  const first = steps[0];
  if (first?.kind !== 'name') return undefined;
  const top = TOP_LEVEL_NAMES.get(snakeCase(first.name));
  if (top === undefined) return [{ kind: 'name', name: 'properties' }, ...steps];
  return [{ kind: 'name', name: top }, ...steps.slice(1)];
}

/** A filter's value: JSON where it can be, so that `[lun=0]` means a number. */
function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** az knows a property as `upgradePolicy`, `UpgradePolicy` and `upgrade_policy`. */
export function isSameName(a: string, b: string): boolean {
  return a === b || snakeCase(a) === snakeCase(b);
}

/** Azure tells tags by no letters, and keeps those of the one that is there (tag-resources.md). */
export function isSameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether two steps lead to the same, as far as the paths tell; `isExact` where names are whatever people write. */
export function isSameStep(a: Step, b: Step, isExact = false): boolean {
  if (a.kind === 'name' && b.kind === 'name')
    return isExact ? isSameTag(a.name, b.name) : isSameName(a.name, b.name);
  return canonicalJson({ ...a }) === canonicalJson({ ...b });
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

export type Found =
  | { readonly kind: 'found'; readonly value: Json }
  | { readonly kind: 'absent' }
  | { readonly kind: 'missing'; readonly at: string; readonly options: readonly string[] };

/** Looks a path up: `absent` when only its last name is not there, `missing` when it leads nowhere. */
export function lookUp(model: Model, steps: readonly Step[]): Found {
  let at: Json = model;
  for (const [depth, step] of steps.entries()) {
    const next = stepInto(at, step, depth === 0);
    if (next === undefined) {
      const mayBeNew = step.kind === 'name' && (isObject(at) || at === null);
      if (mayBeNew && depth === steps.length - 1) return { kind: 'absent' };
      if (mayBeNew && depth > 1 && steps.slice(depth).every(({ kind }) => kind === 'name'))
        return { kind: 'absent' };
      return { kind: 'missing', at: stepText(step), options: isObject(at) ? Object.keys(at) : [] };
    }
    at = next;
  }
  return { kind: 'found', value: at };
}

/** A copy of the model with the value at the path; `undefined` takes it away. The path must not be `missing`. */
export function withValue(model: Model, steps: readonly Step[], value: Json | undefined): Model {
  const changed = change(model, steps, value, true);
  return isObject(changed) ? changed : model;
}

function change(
  at: Json | undefined,
  steps: readonly Step[],
  value: Json | undefined,
  isRoot = false,
): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step.kind === 'name') {
    const before: Model = isObject(at) ? at : {};
    if (!isRoot && isWrapped(before, step.name)) {
      return { ...before, properties: change(before['properties'], steps, value) ?? {} };
    }
    const inner = change(before[step.name], rest, value);
    const { [step.name]: _gone, ...others } = before;
    return inner === undefined ? others : { ...before, [step.name]: inner };
  }
  if (!isList(at)) return at;
  const index = indexOf(at, step);
  return at.map((item, position) => (position === index ? (change(item, rest, value) ?? null) : item));
}

/**
 * Parts of a set that are resources of their own, such as extensions and network interfaces, keep their fields inside
 * `properties`; az writes them without.
 */
export function isWrapped(at: Model, name: string): boolean {
  return !Object.hasOwn(at, name) && isObject(at['properties']);
}

function stepInto(at: Json, step: Step, isRoot = false): Json | undefined {
  if (step.kind === 'name') {
    if (!isObject(at)) return undefined;
    const holder = !isRoot && isWrapped(at, step.name) ? at['properties'] : at;
    return isObject(holder) && Object.hasOwn(holder, step.name) ? holder[step.name] : undefined;
  }
  return isList(at) ? at[indexOf(at, step)] : undefined;
}

/** Where a step points in a list; -1 unless exactly one item matches. */
export function indexOf(list: readonly Json[], step: ListStep): number {
  const matches = matchesOf(list, step);
  return matches.length === 1 ? (matches[0] ?? -1) : -1;
}

type ListStep = Exclude<Step, { kind: 'name' }>;

/** Every position that a step may mean; a negative index counts from the end. */
export function matchesOf(list: readonly Json[], step: ListStep): readonly number[] {
  if (step.kind === 'index') {
    const index = step.index < 0 ? list.length + step.index : step.index;
    return index >= 0 && index < list.length ? [index] : [];
  }
  const wanted = canonicalJson(step.value);
  return list.flatMap((item, index) => {
    const value = stepInto(item, { kind: 'name', name: step.field });
    return value !== undefined && canonicalJson(value) === wanted ? [index] : [];
  });
}

/** Steps as a caller would write them: what stands inside `properties` is named without it. */
export function pathText(steps: readonly Step[]): string {
  const [first, ...rest] = steps;
  const named = first?.kind === 'name' && first.name === 'properties' ? rest : steps;
  return named
    .map((step, index) => (step.kind === 'name' && index > 0 ? `.${step.name}` : stepText(step)))
    .join('');
}

export function stepText(step: Step): string {
  if (step.kind === 'name') return step.name;
  return step.kind === 'index' ? `[${step.index}]` : `[${step.field}=${step.text}]`;
}

export function isObject(value: Json | undefined): value is Model {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
