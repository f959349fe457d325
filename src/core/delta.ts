import { canonicalJson, fingerprint } from './canonical.ts';
import { classOf, isMoreDisruptive, mostDisruptive } from './change-class.ts';
import type { ChangeClass } from './change-class.ts';
import type { Json, Model } from './model.ts';
import { applyEdits } from './edits.ts';
import type { Edit } from './edits.ts';
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
  /** The extension that it is a setting of: written through its own resource. */
  readonly extension?: string;
  /** Written once and never shown: `after` is only a mark. */
  readonly isSecret?: true;
}

/** Stands where a secret would. */
export const SECRET_MARK = '(secret)';

/** What edits change: every property that is another one afterwards, with its class. */
export function deltaOf(model: Model, edits: readonly Edit[]): readonly PropertyChange[] | Refusal {
  for (const edit of edits) {
    const secret = secretIn(edit.path, edit.kind === 'remove' ? null : edit.value);
    if (secret !== undefined) return writeOnly(edit.path, secret);
  }
  const edited = applyEdits(model, edits);
  if (edited.kind === 'refused') return edited;
  const delta: PropertyChange[] = [];
  for (const path of edited.paths) {
    const [before, after] = [valueAt(model, path), valueAt(edited.model, path)];
    if (canonicalJson(before) === canonicalJson(after)) continue;
    const rule = classOf(dotted(parsePath(path) ?? []));
    if (rule.class === 'impossible') {
      return refuse(
        'propertyNotChangeable',
        `'${path}' cannot be changed by a rollout`,
        rule.remedy ?? '',
        path,
      );
    }
    delta.push({ path, before, after, class: rule.class });
  }
  return delta;
}

/** A write-only field cannot be undone, since nobody can read what was there. */
export function writeOnly(path: string, secret: string): Refusal {
  const why = `'${secret}' can be written but never read back, so a rollback could not restore it`;
  return refuse(
    'irreversibleChange',
    why,
    'give it under osProfile or extensions, with "acceptIrreversible": true',
    path,
  );
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

/** The way back: every property as it was, but for those that nobody can read. */
export function inverse(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  return delta
    .filter(({ isSecret }) => isSecret !== true)
    .map(({ before, after, ...kept }) => ({ ...kept, before: after, after: before }));
}

/** Whether the model holds all that was asked for; the service may have added defaults beside it. */
export function isApplied(model: Model, delta: readonly PropertyChange[]): boolean {
  return delta.every(({ path, after, isSecret }) => isSecret === true || holds(valueAt(model, path), after));
}

function holds(actual: Json, wanted: Json): boolean {
  if (!isObject(wanted)) return canonicalJson(actual) === canonicalJson(wanted);
  return (
    isObject(actual) && Object.entries(wanted).every(([name, item]) => holds(actual[name] ?? null, item))
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
 * The PATCH body: only what changes. ARM merges objects and replaces lists, so a change inside a list sends that list
 * whole; a property that goes is sent as null.
 */
export function patchOf(model: Model, delta: readonly PropertyChange[]): Model {
  const changed = applyDelta(model, delta);
  return delta.reduce<Model>((body, { path }) => {
    const names = wholeIfTags(namesOf(parsePath(path) ?? []));
    const found = lookUp(changed, names);
    return setNull(body, names, found.kind === 'found' ? found.value : null);
  }, {});
}

/** A path as far as no list comes in its way. */
function namesOf(steps: readonly Step[]): readonly Step[] {
  const upTo = steps.findIndex((step) => step.kind !== 'name');
  return upTo === -1 ? steps : steps.slice(0, upTo);
}

/** Tags are replaced as a whole, and their values are never null. */
function wholeIfTags(names: readonly Step[]): readonly Step[] {
  const [first] = names;
  return first?.kind === 'name' && first.name === 'tags' ? [first] : names;
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
