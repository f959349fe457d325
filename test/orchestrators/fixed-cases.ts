import type { LabOptions } from '../lab/lab.ts';
import type { RefusalCase } from './refusal-cases.ts';

const PROFILE = 'virtualMachineProfile';
const IMAGE = `${PROFILE}.storageProfile.imageReference`;
const NIC = `${PROFILE}.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0]`;

function network(name: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Network/virtualNetworks/${name}`;
}

const IP = { name: 'ip', properties: { subnet: { id: `${network('shop')}/subnets/web` } } };
const NICS = [{ name: 'nic', properties: { primary: true, ipConfigurations: [IP] } }];
const IN_A_NETWORK: LabOptions = {
  scaleSets: [
    { name: 'web', count: 5, profile: { networkProfile: { networkInterfaceConfigurations: NICS } } },
  ],
};

/** The create-time, read-only and forbidden properties of a set, one by one. */
const ROWS: readonly (readonly [
  when: string,
  path: string,
  value: unknown,
  remedy: RegExp,
  set?: LabOptions,
])[] = [
  ['the orchestration mode changes', 'orchestrationMode', 'Flexible', /new scale set/],
  ['fault domains change', 'platformFaultDomainCount', 1, /new scale set/],
  ['it is to move', 'location', 'northeurope', /new scale set/],
  ['a zone is taken away', 'zones', ['1'], /zones/, { zones: ['1', '2', '3'] }],
  ['only the publisher of the image changes', `${IMAGE}.publisher`, 'Debian', /new scale set/],
  ['only the offer of the image changes', `${IMAGE}.offer`, 'debian-12', /new scale set/],
  [
    'the type of the OS disk changes',
    `${PROFILE}.storageProfile.osDisk.managedDisk.storageAccountType`,
    'Standard_LRS',
    /new scale set/,
  ],
  [
    'the OS disk is to hold another system',
    `${PROFILE}.storageProfile.osDisk.osType`,
    'Windows',
    /new scale set/,
  ],
  [
    'it is to move closer to others',
    'proximityPlacementGroup.id',
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/proximityPlacementGroups/near',
    /deallocated/,
  ],
  [
    'the OS disk is made in another way',
    `${PROFILE}.storageProfile.osDisk.createOption`,
    'Attach',
    /new scale set/,
  ],
  ['the computers get another name', `${PROFILE}.osProfile.computerNamePrefix`, 'shop', /new scale set/],
  [
    'it shall become a single placement group',
    'singlePlacementGroup',
    true,
    /./,
    { properties: { singlePlacementGroup: false } },
  ],
  [
    'a subnet lies in another network',
    `${NIC}.subnet.id`,
    `${network('bank')}/subnets/web`,
    /network/,
    IN_A_NETWORK,
  ],
  ['a read-only property is written', 'provisioningState', 'Succeeded!', /leave it out/],
  ['another read-only property is written', 'uniqueId', 'x', /leave it out/],
  ['the capacity is not the rollout’s to change', 'sku.capacity', 9, /scale/],
  ['the upgrade policy is not the rollout’s to change', 'upgradePolicy.mode', 'Automatic', /./],
  ['nobody knows what the property does', 'propertyOfTomorrow', true, /may change/],
];

/** What a rollout may not change. */
export const FIXED: readonly RefusalCase[] = ROWS.map(([when, path, value, remedy, set]) => ({
  code: 'propertyNotChangeable',
  when,
  spec: { change: { set: { [path]: value } } },
  path,
  remedy,
  ...(set !== undefined && { set }),
}));
