import { aboutAction, ACTION_NAMES, isGroupAction } from '../core/actions/table.ts';
import type { GroupAction } from '../core/actions/table.ts';
import type { Compute, ComputeWrites } from './port.ts';

/**
 * The roles that the app's identity has: `look` at each subscription, where sets and images are listed and operations
 * are polled; `change` at the scale sets; `join` at what their models refer to.
 */
export type RoleName = 'look' | 'change' | 'join';

interface Right {
  readonly role: RoleName;
  /** As Azure's roles name it. */
  readonly action: string;
}

const SETS = 'Microsoft.Compute/virtualMachineScaleSets';
const LOCATION = 'Microsoft.Compute/locations';

const look = (action: string): Right => ({ role: 'look', action });
const change = (path: string): Right => ({ role: 'change', action: `${SETS}/${path}` });
const join = (action: string): Right => ({ role: 'join', action });

const READ_SET = look(`${SETS}/read`);
const READ_INSTANCES = change('virtualMachines/read');
const READ_VIEW = change('instanceView/read');
/** The service reads the image that a body names with the rights of whoever sent it. */
const READ_IMAGES = [
  look('Microsoft.Compute/images/read'),
  look('Microsoft.Compute/galleries/images/versions/read'),
];

/** One for each action of the table that the service takes for many instances at once. */
const ACT = Object.fromEntries(
  ACTION_NAMES.filter((name) => isGroupAction(name)).map((name) => [
    name,
    change(`${aboutAction(name).right ?? name}/action`),
  ]),
) as Readonly<Record<GroupAction, Right>>;

/**
 * What a body may refer to, by what a change can touch; each reference in a body is checked, an unchanged one too
 * (anchors 2.4). An identity of the model is not among it: no rollout changes those.
 */
const NETWORK = [
  join('Microsoft.Network/virtualNetworks/subnets/join/action'),
  join('Microsoft.Network/networkSecurityGroups/join/action'),
  join('Microsoft.Network/applicationSecurityGroups/joinIpConfiguration/action'),
  join('Microsoft.Network/loadBalancers/backendAddressPools/join/action'),
  join('Microsoft.Network/loadBalancers/inboundNatPools/join/action'),
  join('Microsoft.Network/loadBalancers/probes/join/action'),
  join('Microsoft.Network/applicationGateways/backendAddressPools/join/action'),
  join('Microsoft.Network/publicIPPrefixes/join/action'),
];
const DISKS = [join('Microsoft.Compute/disks/write'), join('Microsoft.Compute/diskEncryptionSets/read')];
const PROFILE = [
  join('Microsoft.KeyVault/vaults/deploy/action'),
  join('Microsoft.Compute/capacityReservationGroups/deploy/action'),
  join('Microsoft.Compute/galleries/applications/versions/read'),
];

type Calls =
  | Exclude<keyof Compute, 'writing' | 'secondsUntilPages' | 'instancesGranted' | 'listsLeft'>
  | keyof ComputeWrites;

/** What each call of the port needs. The roles are made from it (`npm run role`), and nothing else is granted. */
const RIGHTS: Readonly<Record<Calls, readonly Right[]>> = {
  // Azure answers with the subscriptions that the caller has any right in.
  subscriptions: [],
  scaleSets: [READ_SET],
  scaleSet: [READ_SET],
  scaleSetView: [READ_VIEW],
  instances: [READ_INSTANCES],
  instance: [READ_INSTANCES],
  instanceResources: [READ_INSTANCES],
  instanceResource: [READ_INSTANCES],
  imageVersions: [look(`${LOCATION}/publishers/artifacttypes/offers/skus/versions/read`)],
  imageVersion: [look(`${LOCATION}/publishers/artifacttypes/offers/skus/versions/read`)],
  galleryVersions: [
    look('Microsoft.Compute/galleries/images/versions/read'),
    look(`${LOCATION}/communityGalleries/images/versions/read`),
    look(`${LOCATION}/sharedGalleries/images/versions/read`),
  ],
  hasCopy: [look('Microsoft.Compute/galleries/images/versions/read')],
  sizes: [change('skus/read')],
  image: READ_IMAGES,
  repairs: [READ_VIEW],
  rollingUpgrade: [change('rollingUpgrades/read')],
  operation: [look(`${LOCATION}/operations/read`)],
  patchModel: [change('write'), ...READ_IMAGES, ...NETWORK, ...DISKS, ...PROFILE],
  patchExtension: [change('extensions/write')],
  act: Object.values(ACT),
  protectInstance: [change('virtualMachines/write'), ...READ_IMAGES, ...NETWORK, ...DISKS],
  changeDisks: [change('virtualMachines/attachDetachDataDisks/action'), ...DISKS],
  setRepairs: [change('setOrchestrationServiceState/action')],
};

/** The actions of each role, in order, each once. */
export function roleActions(role: RoleName): readonly string[] {
  const actions = Object.values(RIGHTS)
    .flat()
    .filter((right) => right.role === role);
  return [...new Set(actions.map(({ action }) => action))].sort();
}
