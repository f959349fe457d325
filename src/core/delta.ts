import { canonicalJson, fingerprint } from './canonical.ts';
import { classOf, isMoreDisruptive, mostDisruptive } from './change-class.ts';
import type { ChangeClass } from './change-class.ts';
import type { Json, Model } from './model.ts';
import { differences, mergeBody } from './differences.ts';
import { isObject, lookUp, parsePath, withValue } from './paths.ts';
import type { Step } from './paths.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import { secretIn } from './secrets.ts';

export const IMAGE_VERSION = 'virtualMachineProfile.storageProfile.imageReference.version';

/** One property before and after; `null` where there is none. */
export interface PropertyChange {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  readonly class: ChangeClass;
}

/** What the model must become, as far as it is not that already. */
export function deltaOf(
  model: Model,
  wanted: Readonly<Record<string, Json>>,
): readonly PropertyChange[] | Refusal {
  const delta: PropertyChange[] = [];
  const changed = withAll(model, wanted);
  for (const [path, value] of Object.entries(wanted)) {
    // Where one path leads into another, what counts is how both of them leave it.
    const change = changeOf(model, path, parsePath(path) === undefined ? value : valueAt(changed, path));
    if ('kind' in change) return change;
    if (canonicalJson(change.before) !== canonicalJson(change.after)) delta.push(change);
  }
  return delta;
}

function withAll(model: Model, wanted: Readonly<Record<string, Json>>): Model {
  return Object.entries(wanted).reduce((changed, [path, value]) => {
    const steps = parsePath(path);
    return steps === undefined ? changed : withValue(changed, steps, value ?? undefined);
  }, model);
}

function changeOf(model: Model, path: string, after: Json): PropertyChange | Refusal {
  const steps = parsePath(path);
  if (steps === undefined) return noSuchPath(path, `'${path}' is not a property path`);
  const found = lookUp(model, steps);
  if (found.kind === 'missing') {
    const options = found.options.length === 0 ? '' : ` Available options: [${found.options.join(', ')}]`;
    return noSuchPath(path, `Couldn't find '${found.at}' in '${path}'.${options}`);
  }
  const secret = secretIn(path, after);
  if (secret !== undefined) return writeOnly(path, secret);
  const before = found.kind === 'found' ? found.value : null;
  // A whole object counts as all that it changes inside.
  const changed = differences(dotted(steps), before, after);
  const rules = (changed.length === 0 ? [dotted(steps)] : changed).map((inside) => ({
    inside,
    ...classOf(inside),
  }));
  const forbidden = rules.find((rule) => rule.class === 'impossible');
  if (forbidden !== undefined) {
    const named = forbidden.inside === dotted(steps) ? path : `${forbidden.inside} in '${path}`;
    return refuse(
      'propertyNotChangeable',
      `'${named}' cannot be changed by a rollout`,
      forbidden.remedy ?? '',
      path,
    );
  }
  return { path, before, after, class: mostDisruptive(rules.map((rule) => rule.class)) };
}

function noSuchPath(path: string, message: string): Refusal {
  return refuse('pathNotFound', message, 'name it as az vmss update --set does', `change.set.${path}`);
}

/** A write-only field cannot be undone, since nobody can read what was there. */
export function writeOnly(path: string, secret: string): Refusal {
  const why = `'${secret}' can be written but never read back, so a rollback could not restore it`;
  return refuse('irreversibleChange', why, 'change it by other means', `change.set.${path}`);
}

/** A path in ARM's shape without list positions, as the class rules name them. */
function dotted(steps: readonly Step[]): string {
  return steps.flatMap((step) => (step.kind === 'name' ? [step.name] : [])).join('.');
}

export function classOfDelta(delta: readonly PropertyChange[]): ChangeClass {
  return mostDisruptive(delta.map((change) => change.class));
}

/** Whether bringing an instance to the changed model takes it out of service for a while. */
export function isDisruptive(change: ChangeClass): boolean {
  return isMoreDisruptive(change, 'none');
}

/** The way back: every property as it was. */
export function inverse(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  return delta.map(({ before, after, ...kept }) => ({ ...kept, before: after, after: before }));
}

/** Whether the model holds all that was asked for; the service may have added defaults beside it. */
export function isApplied(model: Model, delta: readonly PropertyChange[]): boolean {
  return delta.every(({ path, before, after }) => holds(valueAt(model, path), after, before));
}

function holds(actual: Json, wanted: Json, before: Json): boolean {
  if (!isObject(wanted)) return canonicalJson(actual) === canonicalJson(wanted);
  if (!isObject(actual)) return false;
  const old = isObject(before) ? before : {};
  const hasAll = Object.entries(wanted).every(([name, item]) =>
    holds(actual[name] ?? null, item, old[name] ?? null),
  );
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(wanted, name));
  return hasAll && gone.every((name) => (actual[name] ?? null) === null);
}

/** The model's fingerprint without what the delta changes: nobody else may have moved that. */
export function hashOutside(model: Model, delta: readonly PropertyChange[]): string {
  const without = delta.reduce(
    (rest, { path }) => withValue(rest, namesOf(parsePath(path) ?? []), undefined),
    model,
  );
  return modelHash(without);
}

function valueAt(model: Model, path: string): Json {
  const found = lookUp(model, parsePath(path) ?? []);
  return found.kind === 'found' ? found.value : null;
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
  return delta.reduce<Model>((body, { path }) => {
    const names = namesOf(parsePath(path) ?? []);
    const [before, after] = [model, changed].map((whole) => {
      const found = lookUp(whole, names);
      return found.kind === 'found' ? found.value : undefined;
    });
    return setNull(body, names, isWhole(names) ? (after ?? null) : mergeBody(before, after));
  }, {});
}

function isWhole([first]: readonly Step[]): boolean {
  return first?.kind === 'name' && first.name === 'tags';
}

/** A path as far as neither a list nor the tags, which are replaced whole, come in its way. */
function namesOf(steps: readonly Step[]): readonly Step[] {
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

/**
 * What must not change behind a rollout's back: all that instances are made from. Capacity, tags, states and times
 * move for harmless reasons.
 */
export function modelHash({ sku, zones, properties }: Model): string {
  const { name } = isObject(sku) ? sku : { name: null };
  const kept = isObject(properties) ? properties : {};
  const { provisioningState: _state, timeCreated: _created, uniqueId: _id, ...rest } = kept;
  return fingerprint({ sku: name ?? null, zones: zones ?? null, properties: rest });
}
