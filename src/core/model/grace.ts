import type { Json, Model } from './model.ts';
import { isList, isObject, lookUp, parsePath } from './paths.ts';

const EXTENSIONS = parsePath('virtualMachineProfile.extensionProfile.extensions') ?? [];

/** How long the application health extension lets an instance initialize; `undefined` where the model does not say. */
export function graceSecondsOf(model: Model): number | undefined {
  const found = lookUp(model, EXTENSIONS);
  const extensions = found.kind === 'found' && isList(found.value) ? found.value : [];
  const [grace] = extensions.flatMap((extension) => graceOf(extension));
  return grace;
}

function graceOf(extension: Json): readonly number[] {
  const properties = isObject(extension) ? extension['properties'] : undefined;
  if (!isObject(properties)) return [];
  const { settings, type } = properties;
  if (typeof type !== 'string' || !/^ApplicationHealth/i.test(type)) return [];
  const grace = isObject(settings) ? settings['gracePeriod'] : undefined;
  return typeof grace === 'number' ? [grace] : [];
}
