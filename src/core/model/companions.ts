import type { Model } from './model.ts';
import { isObject } from './paths.ts';

/** OS-disk settings that a custom image brings along where the body says nothing of them (azure-rest-api-specs#13164). */
const KEPT_BESIDE_IMAGE = ['caching', 'writeAcceleratorEnabled', 'deleteOption'];

/**
 * What a body of the storage profile must say beside what it changes: its image, without which the service refuses it
 * (azure-rest-api-specs#10322), and with another custom image the settings of the OS disk. Not the disk's size: one
 * that is smaller than the new image would be refused.
 */
export function withCompanions(body: Model, changed: Model): Model {
  return withImage(withoutUefi(body), changed);
}

/** UEFI settings go with the security type that has them (trusted-launch-existing-vmss.md, roll back). */
function withoutUefi(body: Model): Model {
  const { properties, profile } = storageOf(body);
  const security = profile['securityProfile'];
  if (!isObject(security) || security['securityType'] !== 'Standard') return body;
  const securityProfile = { ...security, uefiSettings: null };
  return { ...body, properties: { ...properties, virtualMachineProfile: { ...profile, securityProfile } } };
}

function withImage(body: Model, changed: Model): Model {
  const sent = storageOf(body);
  const { storage } = sent;
  const there = storageOf(changed).storage;
  if (storage === undefined || there === undefined) return body;
  const { imageReference = there['imageReference'] ?? null } = storage;
  const isCustom = isObject(storage['imageReference']) && typeof storage['imageReference']['id'] === 'string';
  const disk = isCustom ? diskBeside(there) : {};
  const own = isObject(storage['osDisk']) ? storage['osDisk'] : {};
  const osDisk = { ...disk, ...own };
  const whole = {
    ...storage,
    ...(imageReference !== null && { imageReference }),
    ...(Object.keys(osDisk).length > 0 && { osDisk }),
  };
  return {
    ...body,
    properties: { ...sent.properties, virtualMachineProfile: { ...sent.profile, storageProfile: whole } },
  };
}

function diskBeside({ osDisk }: Model): Model {
  const settings = isObject(osDisk) ? osDisk : {};
  return Object.fromEntries(Object.entries(settings).filter(([name]) => KEPT_BESIDE_IMAGE.includes(name)));
}

function storageOf({ properties }: Model): { properties: Model; profile: Model; storage: Model | undefined } {
  const inner = isObject(properties) ? properties : {};
  const profile = isObject(inner['virtualMachineProfile']) ? inner['virtualMachineProfile'] : {};
  const storage = profile['storageProfile'];
  return { properties: inner, profile, storage: isObject(storage) ? storage : undefined };
}
