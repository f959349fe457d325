import type { Ways } from '../ways.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';
import { isWindowsPublisher, type ScaleSetModel } from './schema.ts';

/** What the service fills in where a policy for rolling upgrades is, or has to be (arm-vmss.md 2.3). */
const ROLLING_POLICY = {
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
  pauseTimeBetweenBatches: 'PT0S',
  maxSurge: false,
  rollbackFailedInstancesOnPolicyBreach: false,
};

export function withPolicyDefaults(model: ScaleSetModel): ScaleSetModel {
  const { upgradePolicy } = model.properties;
  const given = upgradePolicy['rollingUpgradePolicy'];
  if (upgradePolicy.mode !== 'Rolling' && !isObject(given)) return model;
  const rollingUpgradePolicy = { ...ROLLING_POLICY, ...(isObject(given) ? given : {}) };
  return {
    ...model,
    properties: { ...model.properties, upgradePolicy: { ...upgradePolicy, rollingUpgradePolicy } },
  };
}

/** What the service adds to policies that a body leaves half said (arm-vmss.md 2.3; recorded: automatic repairs). */
export function withServiceDefaults(
  { fillsInDefaults }: Pick<Ways, 'fillsInDefaults'>,
  model: ScaleSetModel,
): ScaleSetModel {
  if (!fillsInDefaults) return model;
  const { upgradePolicy, automaticRepairsPolicy: repairs } = model.properties;
  const osUpgrade = upgradePolicy['automaticOSUpgradePolicy'];
  const filled = {
    ...upgradePolicy,
    ...(isObject(osUpgrade) ? { automaticOSUpgradePolicy: { ...OS_UPGRADE_POLICY, ...osUpgrade } } : {}),
  };
  const isOn = isObject(repairs) && repairs['enabled'] === true;
  return {
    ...model,
    properties: {
      ...model.properties,
      upgradePolicy: filled,
      ...(isOn ? { automaticRepairsPolicy: { repairAction: 'Replace', ...repairs } } : {}),
    },
  };
}

const OS_UPGRADE_POLICY = {
  enableAutomaticOSUpgrade: false,
  useRollingUpgradePolicy: false,
  disableAutomaticRollback: false,
};

/** The body of a new set with everything that the service adds to it (recorded: create_and_modify). */
export function withCreationDefaults(body: JsonObject): JsonObject {
  const properties = part(body, 'properties');
  const profile = part(properties, 'virtualMachineProfile');
  const sku = part(body, 'sku');
  const zones = Array.isArray(body['zones']) && body['zones'].length > 0;
  return {
    ...body,
    sku: { tier: 'Standard', capacity: 1, ...sku },
    tags: part(body, 'tags'),
    properties: {
      singlePlacementGroup: true,
      orchestrationMode: 'Uniform',
      overprovision: true,
      doNotRunExtensionsOnOverprovisionedVMs: false,
      platformFaultDomainCount: zones ? 1 : 5,
      ...properties,
      upgradePolicy: { ...part(properties, 'upgradePolicy'), mode: modeOf(properties) },
      virtualMachineProfile: profileWithDefaults(profile, textOf(sku['name']) ?? ''),
    },
  };
}

function modeOf(properties: JsonObject): string {
  const mode = textOf(part(properties, 'upgradePolicy')['mode']) ?? 'Manual';
  return mode.charAt(0).toUpperCase() + mode.slice(1).toLowerCase();
}

function profileWithDefaults(profile: JsonObject, size: string): JsonObject {
  const storage = part(profile, 'storageProfile');
  const publisher = part(storage, 'imageReference')['publisher'];
  const disk = part(storage, 'osDisk');
  const osType =
    textOf(disk['osType']) ?? (isWindowsPublisher(textOf(publisher) ?? '') ? 'Windows' : 'Linux');
  const trusted = part(profile, 'securityProfile')['securityType'] === 'TrustedLaunch';
  const premium = /^Standard_[A-Z]+\d*[a-z]*s/i.test(size);
  return {
    ...profile,
    osProfile: osProfile(part(profile, 'osProfile'), osType),
    storageProfile: {
      ...storage,
      osDisk: {
        osType,
        createOption: 'FromImage',
        caching: 'None',
        diskSizeGB: osType === 'Windows' ? 127 : 30,
        ...disk,
        managedDisk: {
          storageAccountType: premium ? 'Premium_LRS' : 'Standard_LRS',
          ...part(disk, 'managedDisk'),
        },
      },
      ...(trusted ? { diskControllerType: 'SCSI' } : {}),
    },
    networkProfile: networkProfile(part(profile, 'networkProfile')),
  };
}

function osProfile(given: JsonObject, osType: string): JsonObject {
  const key = osType === 'Windows' ? 'windowsConfiguration' : 'linuxConfiguration';
  const added =
    osType === 'Windows' ? { enableAutomaticUpdates: true } : { disablePasswordAuthentication: false };
  return {
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
    ...given,
    [key]: { provisionVMAgent: true, ...added, ...part(given, key) },
  };
}

function networkProfile(given: JsonObject): JsonObject {
  const cards = given['networkInterfaceConfigurations'];
  if (!Array.isArray(cards)) return given;
  const configured = cards.map((card: Json) => {
    if (!isObject(card)) return card;
    const properties = part(card, 'properties');
    const addresses = properties['ipConfigurations'];
    return {
      ...card,
      properties: {
        disableTcpStateTracking: false,
        dnsSettings: { dnsServers: [] },
        enableIPForwarding: false,
        ...properties,
        primary: properties['primary'] === true || properties['primary'] === 'true' || cards.length === 1,
        ...(Array.isArray(addresses)
          ? { ipConfigurations: addresses.map((item: Json) => addressed(item)) }
          : {}),
      },
    };
  });
  return { ...given, networkInterfaceConfigurations: configured };
}

function addressed(item: Json): Json {
  if (!isObject(item)) return item;
  return { ...item, properties: { privateIPAddressVersion: 'IPv4', ...part(item, 'properties') } };
}

function part(source: JsonObject, key: string): JsonObject {
  const value = source[key];
  return isObject(value) ? value : {};
}
