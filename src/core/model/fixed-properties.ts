const AT_CREATION = 'it is fixed when the scale set is created; make a new scale set';

const BY_AZURE = 'Azure sets it; leave it out';

const NOT_BY_ROLLOUT = 'change it by other means; a rollout never touches it';

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
  zones: 'zones can only be added, and not by a rollout',
  identity: NOT_BY_ROLLOUT,
  'sku.capacity': 'scale by autoscale or az vmss scale',
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
  [`${PROFILE}.extensionProfile`]:
    'extensions cannot be changed by set: sending the list back would drop their protected settings',
  [`${PROFILE}.priority`]: AT_CREATION,
};

/** For what neither this table nor that of the classes names. */
export const NO_SUCH_PROPERTY = 'it is not a property that a rollout may change';
