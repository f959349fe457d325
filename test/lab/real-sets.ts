import { SUBSCRIPTION } from './names.ts';
import type { LabOptions } from './lab.ts';

/** Scale sets as people have them: what stands in their models, after templates and pages of the service's documents. */
export interface RealSet {
  readonly what: string;
  readonly set: LabOptions;
  /** What somebody has written into the model since, where the lab has no word for it. */
  readonly patch?: Record<string, unknown>;
}

const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers`;
const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const OLD_IMAGE = { ...PLATFORM, version: '22.04.202610080' };
const TRUSTED = {
  securityType: 'TrustedLaunch',
  uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
};
const SUBNET = { id: `${PROVIDERS}/Microsoft.Network/virtualNetworks/shop/subnets/web` };

/** Cards behind a load balancer and with addresses of their own. */
const BALANCED = {
  networkProfile: {
    healthProbe: { id: `${PROVIDERS}/Microsoft.Network/loadBalancers/lb/probes/http` },
    networkInterfaceConfigurations: [
      {
        name: 'webNic',
        properties: {
          primary: true,
          enableAcceleratedNetworking: true,
          networkSecurityGroup: { id: `${PROVIDERS}/Microsoft.Network/networkSecurityGroups/web` },
          ipConfigurations: [
            {
              name: 'ip1',
              properties: {
                primary: true,
                subnet: SUBNET,
                publicIPAddressConfiguration: { name: 'pip', properties: { idleTimeoutInMinutes: 15 } },
                loadBalancerBackendAddressPools: [
                  { id: `${PROVIDERS}/Microsoft.Network/loadBalancers/lb/backendAddressPools/web` },
                ],
              },
            },
          ],
        },
      },
    ],
  },
};

function storage(
  osDisk: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    storageProfile: {
      imageReference: OLD_IMAGE,
      osDisk: {
        osType: 'Linux',
        createOption: 'FromImage',
        managedDisk: { storageAccountType: 'Premium_LRS' },
        ...osDisk,
      },
      ...more,
    },
  };
}

function extension(name: string, publisher: string, type: string, settings: Record<string, unknown> = {}) {
  return {
    name,
    properties: { publisher, type, typeHandlerVersion: '1.0', autoUpgradeMinorVersion: true, settings },
  };
}

export const REAL_SETS: readonly RealSet[] = [
  { what: 'five instances of Ubuntu', set: { count: 5 } },
  {
    what: 'three zones, spread',
    set: { count: 9, zones: ['1', '2', '3'], faultDomains: 1, properties: { zoneBalance: true } },
  },
  {
    what: 'a mix of Spot and regular priority',
    set: {
      count: 6,
      vmProfile: { priority: 'Spot', evictionPolicy: 'Deallocate', billingProfile: { maxPrice: -1 } },
      properties: {
        spotRestorePolicy: { enabled: true, restoreTimeout: 'PT1H' },
        priorityMixPolicy: { baseRegularPriorityCount: 2, regularPriorityPercentageAboveBase: 50 },
      },
    },
  },
  { what: 'trusted launch', set: { count: 5, vmProfile: { securityProfile: TRUSTED } } },
  {
    what: 'ephemeral OS disks',
    set: {
      count: 5,
      vmProfile: storage({
        caching: 'ReadOnly',
        diffDiskSettings: { option: 'Local', placement: 'CacheDisk' },
      }),
    },
  },
  {
    what: 'an image of the market place, with its plan',
    set: {
      count: 5,
      properties: { overprovision: true },
      vmProfile: { licenseType: 'RHEL_BYOS' },
      tags: { plan: 'byol' },
    },
    patch: { plan: { name: 'rhel-lvm9', publisher: 'redhat', product: 'rhel-byos' } },
  },
  { what: 'a node pool of AKS', set: { count: 3, owner: 'kubernetesService' } },
  {
    what: 'a node type of a managed Service Fabric cluster',
    set: { count: 5, owner: 'serviceFabricManagedCluster' },
  },
  { what: 'a node type of Service Fabric', set: { count: 5, owner: 'serviceFabric' } },
  {
    what: 'automatic OS upgrades',
    set: {
      count: 5,
      image: { ...PLATFORM, version: 'latest' },
      upgradePolicy: {
        mode: 'Rolling',
        automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
        rollingUpgradePolicy: { maxBatchInstancePercent: 20 },
      },
    },
  },
  {
    what: 'no guest agent',
    set: {
      count: 4,
      healthExtension: false,
      vmProfile: {
        osProfile: {
          computerNamePrefix: 'web',
          adminUsername: 'azureuser',
          linuxConfiguration: { provisionVMAgent: false },
        },
      },
    },
  },
  { what: 'no instance', set: { count: 0 } },
  { what: 'one instance', set: { count: 1 } },
  {
    what: '1,000 instances in placement groups',
    set: { count: 1000, properties: { singlePlacementGroup: false } },
  },
  {
    what: 'Windows, with automatic repairs',
    set: {
      count: 5,
      osType: 'Windows',
      image: {
        publisher: 'MicrosoftWindowsServer',
        offer: 'WindowsServer',
        sku: '2022-datacenter-g2',
        version: 'latest',
      },
      properties: {
        automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M', repairAction: 'Replace' },
      },
    },
  },
  {
    what: 'a load balancer’s probe instead of the extension',
    set: { count: 10, healthExtension: false, vmProfile: BALANCED },
  },
  {
    what: 'an image of a gallery without a version',
    set: { count: 5, image: { id: `${PROVIDERS}/Microsoft.Compute/galleries/shop/images/app` } },
  },
  {
    what: 'a managed image',
    set: {
      count: 5,
      image: { id: `${PROVIDERS}/Microsoft.Compute/images/old` },
      managedImages: [{ resourceGroup: 'rollout', name: 'old' }],
    },
  },
  {
    what: 'extensions in a row, one of which may fail',
    set: {
      count: 5,
      extensions: [
        extension('MDE.Linux', 'Microsoft.Azure.AzureDefenderForServers', 'MDE.Linux'),
        extension('AzureMonitorLinuxAgent', 'Microsoft.Azure.Monitor', 'AzureMonitorLinuxAgent'),
        extension('app', 'Microsoft.Azure.Extensions', 'CustomScript', {
          fileUris: ['https://store.example/app.sh'],
        }),
      ],
    },
  },
  {
    what: 'data disks, host encryption and a capacity reservation',
    set: {
      count: 6,
      vmProfile: {
        ...storage(
          { caching: 'ReadWrite', diskSizeGB: 64 },
          {
            dataDisks: [{ lun: 0, createOption: 'Empty', diskSizeGB: 256, caching: 'None' }],
            diskControllerType: 'NVMe',
          },
        ),
        securityProfile: { encryptionAtHost: true },
        capacityReservation: {
          capacityReservationGroup: { id: `${PROVIDERS}/Microsoft.Compute/capacityReservationGroups/crg` },
        },
      },
    },
  },
  {
    what: 'protected instances and an instance that is held back',
    set: { count: 5, protectedInstances: ['1', '4'] },
  },
  { what: 'a policy of automatic upgrades', set: { count: 5, upgradePolicy: { mode: 'Automatic' } } },
  { what: 'Flexible orchestration', set: { count: 4, properties: { orchestrationMode: 'Flexible' } } },
];
