import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { canonicalJson } from '../model/canonical.ts';
import { SECRET_MARK } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Json, Model } from '../model/model.ts';
import { isList, isObject, lookUp, parsePath } from '../model/paths.ts';
import { hiddenTexts } from '../model/secrets.ts';
import type { RolloutSpec } from '../spec/spec.ts';

const EXTENSIONS = 'virtualMachineProfile.extensionProfile.extensions';

type Asked = NonNullable<RolloutSpec['change']['extensions']>[number];

/**
 * What changes in extensions. Each is written through its own resource, since sending the list back would drop the
 * others' protected settings. An upgrade runs a changed extension again in the running guest (arm-vmss.md 3.3).
 */
export function extensionChanges(model: Model, asked: readonly Asked[]): readonly PropertyChange[] | Refusal {
  const changes: PropertyChange[] = [];
  for (const { name, ...fields } of asked) {
    const found = extensionNamed(model, name);
    if (found === undefined) return unknownExtension(model, name);
    const { name: own, present } = found;
    for (const [field, after] of Object.entries(fields)) {
      const change = changeOf(own, field, { before: present[field] ?? null, after: after ?? null });
      if (change !== undefined) changes.push(change);
    }
  }
  return changes;
}

function changeOf(
  extension: string,
  field: string,
  { before, after }: { readonly before: Json; readonly after: Json },
): PropertyChange | undefined {
  const path = `${EXTENSIONS}[name=${extension}].${field}`;
  if (field === 'protectedSettings') {
    return { path, before: null, after: SECRET_MARK, class: 'none', extension, isSecret: true };
  }
  return canonicalJson(before) === canonicalJson(after)
    ? undefined
    : { path, before, after, class: 'none', extension };
}

/** An extension's name as the model has it, which Azure finds by any letters, and its properties in ARM's shape. */
function extensionNamed(
  model: Model,
  wanted: string,
): { readonly name: string; readonly present: Model } | undefined {
  for (const { name, properties } of extensionsOf(model)) {
    if (typeof name !== 'string' || name.toLowerCase() !== wanted.toLowerCase()) continue;
    return isObject(properties) ? { name, present: properties } : undefined;
  }
  return undefined;
}

function extensionsOf(model: Model): readonly Model[] {
  const found = lookUp(model, parsePath(EXTENSIONS) ?? []);
  return found.kind === 'found' && isList(found.value) ? found.value.filter((item) => isObject(item)) : [];
}

function unknownExtension(model: Model, name: string): Refusal {
  const names = extensionsOf(model).map(({ name: known }) => (typeof known === 'string' ? known : ''));
  return refuse('extensionNotFound', refused.noSuchExtension(name, names));
}

/** Keys and signatures in the settings of a model's extensions; what is protected nobody can read. */
export function secretsIn(model: Model): readonly string[] {
  return hiddenTexts([...extensionsOf(model)]);
}

/** The PATCH of one extension: what it gets, and null for what goes. */
export function extensionPatch(delta: readonly PropertyChange[]): Model {
  return Object.fromEntries(
    delta.map(({ path, before, after }) => [
      path.slice(path.lastIndexOf('.') + 1),
      withoutRest(before, after),
    ]),
  );
}

/** ARM merges objects, however deep: what was there before and is not wanted any more is named as null. */
function withoutRest(before: Json, after: Json): Json {
  if (!isObject(before) || !isObject(after)) return after;
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return Object.fromEntries([
    ...Object.entries(after).map(([name, item]) => [name, withoutRest(before[name] ?? null, item ?? null)]),
    ...gone.map((name) => [name, null]),
  ]);
}
