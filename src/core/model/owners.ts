import { isList, isObject, lookUp, parsePath } from './paths.ts';
import type { Json, Model } from './model.ts';

const EXTENSIONS = parsePath('virtualMachineProfile.extensionProfile.extensions') ?? [];

function propertiesOfExtensions(model: Model): readonly { readonly [name: string]: Json }[] {
  const found = lookUp(model, EXTENSIONS);
  const extensions = found.kind === 'found' && isList(found.value) ? found.value : [];
  return extensions.flatMap((extension) => {
    const properties = isObject(extension) ? extension['properties'] : undefined;
    return isObject(properties) ? [properties] : [];
  });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Node types of classic and of managed clusters have an extension of their publisher (case 05). */
export function isServiceFabric(model: Model): boolean {
  return propertiesOfExtensions(model).some(
    ({ publisher, type }) =>
      /^ServiceFabric(Linux|MC)?Node$/i.test(textOf(type)) ||
      /^Microsoft\.Azure\.ServiceFabric(\.|$)/i.test(textOf(publisher)),
  );
}

/** Who else runs the set and would undo, or be surprised by, what is done to it here. */
export function managerOf(model: Model): string | undefined {
  const { tags, managedBy } = model;
  const isPool = isObject(tags) && Object.keys(tags).some((name) => /^aks-managed-/i.test(name));
  const isNode = propertiesOfExtensions(model).some(({ publisher }) =>
    /^Microsoft\.AKS(\.|$)/i.test(textOf(publisher)),
  );
  if (isPool || isNode) return 'AKS';
  return textOf(managedBy) === '' ? undefined : textOf(managedBy);
}

/** Extensions whose failure the model tells Azure to leave aside. */
export function suppressedExtensions(model: Model): readonly string[] {
  const found = lookUp(model, EXTENSIONS);
  const extensions = found.kind === 'found' && isList(found.value) ? found.value : [];
  return extensions.flatMap((extension) => {
    if (!isObject(extension) || !isObject(extension['properties'])) return [];
    const { name, properties } = extension;
    return properties['suppressFailures'] === true && typeof name === 'string' ? [name] : [];
  });
}
