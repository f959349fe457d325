import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { canonicalJson, fingerprint } from './canonical.ts';
import { isMoreDisruptive, mostDisruptive } from './change-class.ts';
import type { ChangeClass } from './change-class.ts';
import { changedPaths, valueAt } from './changed-paths.ts';
import { withCompanions } from './companions.ts';
import { differences, mergeBody } from './differences.ts';
import { applyEdits } from './edits.ts';
import type { Edit } from './edits.ts';
import { meaningHash, meansSame, meansSameOrDefault, saidAt } from './meaning.ts';
import type { Json, Model } from './model.ts';
import { networksIn } from './networks.ts';
import { isObject, lookUp, parsePath, withValue } from './paths.ts';
import type { Step } from './paths.ts';
import { classOf, propertyAt } from './properties.ts';
import { isUserData, secretIn } from './secrets.ts';
import { checkSecurityType } from './security-type.ts';

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
    if (secret !== undefined) return writeOnly(`change.${edit.kind}.${edit.path}`, secret);
  }
  const edited = applyEdits(model, edits);
  if (edited.kind === 'refused') return edited;
  const delta: PropertyChange[] = [];
  for (const path of changedPaths(model, edited.model, edited.paths)) {
    const [before, after] = [valueAt(model, path), valueAt(edited.model, path)];
    if (canonicalJson(before) === canonicalJson(after)) continue;
    const written = edited.paths.find((own) => own.startsWith(path)) ?? path;
    const changeClass = classOfChange({ path, written }, before, after);
    if (typeof changeClass !== 'string') return changeClass;
    delta.push({ path, before, after, class: changeClass });
  }
  return checkNetworks(model, delta) ?? checkSecurityType(model, edited.model) ?? delta;
}

/** A whole object counts as all that it changes inside; a refusal names what the caller wrote. */
function classOfChange(
  { path, written }: { readonly path: string; readonly written: string },
  before: Json,
  after: Json,
): ChangeClass | Refusal {
  const rules = changedInside({ path, before, after }).map((inside) => ({ inside, ...classOf(inside) }));
  const forbidden = rules.find((rule) => rule.class === 'impossible');
  if (forbidden === undefined) return mostDisruptive(rules.map((rule) => rule.class));
  const isNamed = forbidden.inside === dotted(parsePath(written) ?? []);
  const why = isNamed ? refused.fixedProperty(written) : refused.fixedInside(forbidden.inside, written);
  const { remedy = '' } = forbidden;
  return refuse('fixedProperty', why, { path: written, remedy });
}

/** The properties that a change is one of, in ARM's shape: the path itself, or all that differ inside of it. */
function changedInside({
  path,
  before,
  after,
}: Pick<PropertyChange, 'path' | 'before' | 'after'>): readonly string[] {
  const own = dotted(parsePath(path) ?? []);
  const changed = differences(own, before, after);
  return changed.length === 0 ? [own] : changed;
}

/** Whether something of it is taken into new OS disks only. */
export function needsNewDisk(delta: readonly PropertyChange[]): boolean {
  return delta.some((change) => changedInside(change).some((inside) => propertyAt(inside)?.newDisk === true));
}

/** A scale set stays in the virtual networks that it was made in; other subnets of these are welcome. */
function checkNetworks(model: Model, delta: readonly PropertyChange[]): Refusal | undefined {
  const own = networksIn(model);
  if (own.size === 0) return undefined;
  for (const { path, after } of delta) {
    const changed = withValue(model, parsePath(path) ?? [], after);
    const other = [...networksIn(changed)].find((network) => !own.has(network));
    if (other === undefined) continue;
    return refuse('otherNetwork', refused.otherNetwork(path, other), {
      path,
    });
  }
  return undefined;
}

/** A write-only field cannot be undone, since nobody can read what was there; nor can what this app does not read. */
export function writeOnly(path: string, secret: string): Refusal {
  if (isUserData(secret)) return refuse('userData', refused.userData, { path });
  return refuse('secretInTheOpen', refused.writeOnly(secret), { path });
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

/** What restores a delta: every property as it was, but for those that nobody can read. */
export function inverse(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  // fence I7: the model goes back to what it was
  return readable(delta).map(({ before, after, ...kept }) => ({ ...kept, before: after, after: before }));
}

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

function readable(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  return delta.filter(({ isSecret }) => isSecret !== true);
}

/** The model's fingerprint without what the delta changes: nobody else may have moved that. */
export function hashOutside(model: Model, delta: readonly PropertyChange[]): string {
  const without = delta.reduce(
    (rest, { path }) => withValue(rest, namesOf(parsePath(path) ?? []), undefined),
    model,
  );
  return modelHash(without);
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
