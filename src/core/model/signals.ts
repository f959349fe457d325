import type { Json, Model } from './model.ts';
import { isList, isObject, lookUp, parsePath } from './paths.ts';

const EXTENSIONS = parsePath('virtualMachineProfile.extensionProfile.extensions') ?? [];
const PROBE = parsePath('virtualMachineProfile.networkProfile.healthProbe') ?? [];

/** Whether the model promises that each instance reports how it is: by an extension, or by the load balancer's probe. */
export function promisesHealth(model: Model): boolean {
  const found = lookUp(model, EXTENSIONS);
  const extensions = found.kind === 'found' && isList(found.value) ? found.value : [];
  return lookUp(model, PROBE).kind === 'found' || extensions.some((one) => isHealthExtension(one));
}

function isHealthExtension(extension: Json): boolean {
  const properties = isObject(extension) ? extension['properties'] : undefined;
  const type = isObject(properties) ? properties['type'] : undefined;
  return typeof type === 'string' && /^ApplicationHealth/i.test(type);
}
