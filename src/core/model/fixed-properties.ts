import { fixed } from '../messages/paths.ts';

const { atCreation: AT_CREATION, byAzure: BY_AZURE, notByRollout: NOT_BY_ROLLOUT } = fixed;

const PROFILE = 'properties.virtualMachineProfile';

const STORAGE = `${PROFILE}.storageProfile`;

/** Properties that no rollout changes, in ARM's shape, with all below them. Facts: arm-vmss.md 3.3 and 3.4. */
export const FIXED_PROPERTIES: Readonly<Record<string, string>> = {
  location: AT_CREATION,
  name: AT_CREATION,
  id: AT_CREATION,
  type: AT_CREATION,
  etag: BY_AZURE,
  plan: AT_CREATION,
  zones: fixed.zones,
  identity: NOT_BY_ROLLOUT,
  'sku.capacity': fixed.capacity,
  'properties.provisioningState': BY_AZURE,
  'properties.uniqueId': BY_AZURE,
  'properties.timeCreated': BY_AZURE,
  'properties.orchestrationMode': AT_CREATION,
  'properties.platformFaultDomainCount': AT_CREATION,
  'properties.singlePlacementGroup': NOT_BY_ROLLOUT,
  'properties.upgradePolicy': NOT_BY_ROLLOUT,
  [`${PROFILE}.osProfile.computerNamePrefix`]: AT_CREATION,
  [`${STORAGE}.osDisk.managedDisk.storageAccountType`]: AT_CREATION,
  [`${STORAGE}.osDisk.createOption`]: AT_CREATION,
  [`${STORAGE}.imageReference.publisher`]: AT_CREATION,
  [`${STORAGE}.imageReference.offer`]: AT_CREATION,
  [`${PROFILE}.extensionProfile`]: fixed.extensions,
  [`${PROFILE}.priority`]: AT_CREATION,
};

/** For what neither this table nor that of the classes names. */
export const NO_SUCH_PROPERTY = fixed.unknown;
