import { NEW, SUBSCRIPTION } from './names.ts';
import type { LabOptions } from './lab.ts';

/** One kind of change that a rollout can make, and what undoing it must come to. */
export interface EveryChange {
  readonly name: string;
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate';
  readonly change: Record<string, unknown>;
  readonly strategy?: Record<string, unknown>;
  readonly options?: LabOptions;
  /** Published before the rollout starts. */
  readonly galleryVersions?: readonly string[];
  /** Published before the rollout starts: newer than what the instances run. */
  readonly imageVersion?: string;
  /** The model said `latest`, and is pinned to this. */
  readonly pinnedTo?: string;
  /** No instance has anything to do with it. */
  readonly modelOnly?: true;
  /** A part can be written and never read. */
  readonly irreversible?: true;
}

const COUNT = 5;
const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers`;
const GALLERY = `${PROVIDERS}/Microsoft.Compute/galleries/shop/images/app`;
const PROFILE = 'virtualMachineProfile';
const NIC = `${PROFILE}.networkProfile.networkInterfaceConfigurations[name=webNic]`;
const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const NEWEST = '22.04.202612120';

const SCRIPT = {
  name: 'app',
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: { fileUris: ['https://files/1.sh'], nested: { keep: 1, drop: { deep: true } }, timestamp: 1 },
    protectedSettings: { storageAccountKey: 'from long ago' },
  },
};

/** A set whose model has these further parts. */
function withProfile(profile: Record<string, unknown>): LabOptions {
  return { scaleSets: [{ name: 'web', count: COUNT, profile }] };
}

const POOLS = {
  networkProfile: {
    networkInterfaceConfigurations: [
      {
        name: 'webNic',
        properties: {
          primary: true,
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                loadBalancerBackendAddressPools: [
                  { id: `${PROVIDERS}/Microsoft.Network/loadBalancers/lb/backendAddressPools/a` },
                  { id: `${PROVIDERS}/Microsoft.Network/loadBalancers/lb/backendAddressPools/b` },
                ],
              },
            },
          ],
        },
      },
    ],
  },
};
const IP = `${NIC}.ipConfigurations[0]`;
const GATEWAY = `${PROVIDERS}/Microsoft.Network/applicationGateways/gw/backendAddressPools/a`;

export const EVERY_CHANGE: readonly EveryChange[] = [
  { name: 'image version', class: 'reimage', change: { image: { version: NEW } } },
  { name: 'latest', class: 'reimage', change: { image: { version: 'latest' } } },
  {
    name: 'image version of a model that said latest',
    class: 'reimage',
    change: { image: { version: NEWEST } },
    options: { image: { ...PLATFORM, version: 'latest' } },
    imageVersion: NEWEST,
    pinnedTo: NEW,
  },
  { name: 'image sku', class: 'reimage', change: { image: { sku: '22_04-lts' } } },
  {
    name: 'image sku of a model that said latest',
    class: 'reimage',
    change: { image: { sku: '22_04-lts' } },
    options: { image: { ...PLATFORM, version: 'latest' } },
    imageVersion: NEWEST,
    pinnedTo: NEW,
  },
  {
    name: 'managed image',
    class: 'reimage',
    change: { image: { id: `${PROVIDERS}/Microsoft.Compute/images/new` } },
    options: {
      image: { id: `${PROVIDERS}/Microsoft.Compute/images/old` },
      managedImages: [
        { resourceGroup: 'rollout', name: 'old' },
        { resourceGroup: 'rollout', name: 'new' },
      ],
    },
  },
  {
    name: 'gallery image version',
    class: 'reimage',
    change: { image: { id: `${GALLERY}/versions/1.1.0` } },
    options: { image: { id: `${GALLERY}/versions/1.0.0` } },
    galleryVersions: ['1.0.0', '1.1.0'],
  },
  {
    name: 'custom image uri',
    class: 'reimage',
    change: { image: { uri: 'https://disks.example/vhds/new.vhd' } },
    options: withProfile({
      storageProfile: {
        osDisk: {
          osType: 'Linux',
          createOption: 'FromImage',
          image: { uri: 'https://disks.example/vhds/old.vhd' },
        },
      },
    }),
  },
  {
    name: 'size that the hardware offers',
    class: 'restart',
    change: { vmSize: 'Standard_D4s_v5' },
    strategy: { mostDisruptiveAllowed: 'restart' },
  },
  {
    name: 'size of other hardware',
    class: 'deallocate',
    change: { vmSize: 'Standard_NV6' },
    strategy: { mostDisruptiveAllowed: 'deallocate' },
  },
  {
    name: 'extension settings',
    class: 'none',
    change: {
      extensions: [{ name: 'app', settings: { fileUris: ['https://files/2.sh'], nested: { keep: 2 } } }],
    },
    options: { extensions: [SCRIPT] },
  },
  {
    name: 'forceUpdateTag',
    class: 'none',
    change: { extensions: [{ name: 'app', forceUpdateTag: '7' }] },
    options: { extensions: [SCRIPT] },
  },
  {
    name: 'protected settings',
    class: 'none',
    change: { extensions: [{ name: 'app', protectedSettings: { key: 'hush-hush' } }] },
    options: { extensions: [SCRIPT] },
    strategy: { acceptIrreversible: true },
    irreversible: true,
  },
  {
    name: 'administrator’s name',
    class: 'reimage',
    change: { osProfile: { adminUsername: 'operator' } },
  },
  {
    name: 'administrator’s name, where the model says latest and a newer image is out',
    class: 'reimage',
    change: { osProfile: { adminUsername: 'operator' } },
    options: { image: { ...PLATFORM, version: 'latest' } },
    imageVersion: NEWEST,
    pinnedTo: NEW,
  },
  {
    name: 'custom data and password',
    class: 'reimage',
    change: { osProfile: { customData: 'aHVzaC1odXNo', adminPassword: 'hush-hush 1' } },
    strategy: { acceptIrreversible: true },
    irreversible: true,
  },
  {
    name: 'set of a property that was not there',
    class: 'none',
    change: { set: { [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true } },
  },
  {
    name: 'set of a property that needs a restart',
    class: 'restart',
    change: { set: { [`${NIC}.enableIPForwarding`]: true } },
    strategy: { mostDisruptiveAllowed: 'restart' },
  },
  {
    name: 'add to a list that was not there',
    class: 'restart',
    change: { add: { [`${NIC}.dnsSettings.dnsServers`]: '10.0.0.4' } },
  },
  {
    name: 'remove of a property',
    class: 'reimage',
    change: { remove: [`${PROFILE}.storageProfile.osDisk.diskSizeGB`] },
  },
  {
    name: 'tags',
    class: 'none',
    change: { set: { 'tags.team': 'web', 'tags.brandNew': 'x' }, remove: ['tags.cost'] },
    options: { tags: { team: 'shop', cost: '42', owner: 'ada' } },
    modelOnly: true,
  },
  {
    name: 'load-balancer pools replaced by one of an application gateway',
    class: 'restart',
    change: {
      remove: [`${IP}.loadBalancerBackendAddressPools[1]`, `${IP}.loadBalancerBackendAddressPools`],
      add: { [`${IP}.applicationGatewayBackendAddressPools`]: { id: GATEWAY } },
    },
    options: withProfile(POOLS),
  },
  {
    name: 'several kinds at once',
    class: 'deallocate',
    change: {
      image: { version: NEW },
      vmSize: 'Standard_NV6',
      extensions: [{ name: 'app', settings: { fileUris: ['https://files/3.sh'] }, forceUpdateTag: '8' }],
      set: {
        'tags.team': 'web',
        [`${PROFILE}.licenseType`]: 'RHEL_BYOS',
        [`${NIC}.enableIPForwarding`]: true,
      },
      remove: ['tags.cost'],
    },
    options: {
      extensions: [SCRIPT],
      tags: { team: 'shop', cost: '42' },
      vmProfile: { licenseType: 'RHEL_SAPHA' },
    },
    strategy: { mostDisruptiveAllowed: 'deallocate' },
  },
];
