import { EVERY_CHANGE } from '../lab/every-change.ts';
import { diskId } from '../lab/disks.ts';
import { KINDS, publish } from '../lab/galleries.ts';
import { NEW, startLab, SUBSCRIPTION } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';
import { switchPower } from '../lab/power.ts';

/** Something that the app does, and how it ends where nothing is missing. */
export interface Errand {
  readonly name: string;
  readonly options?: LabOptions;
  /** Answers with how it ended, in one word. */
  readonly run: (lab: Lab) => Promise<string>;
  readonly end: string;
}

const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers`;
const NETWORK = `${PROVIDERS}/Microsoft.Network`;
const COMPUTE = `${PROVIDERS}/Microsoft.Compute`;
const REPAIRS = { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } };
const COUNT = 3;

/** The phase of an ended rollout, and what it could not give back. */
function endOf({ phase, left }: Body): string {
  const held: readonly Body[] = left?.heldGuards ?? [];
  return [phase, ...held.map(({ guard }) => `${guard} held`)].join(', ');
}

/** A rollout, by its end. */
function rollout(name: string, spec: Record<string, unknown>, options: LabOptions = {}): Errand {
  const health = { stableSeconds: 0 };
  const run = async (lab: Lab): Promise<string> => endOf(await lab.rollOut({ health, ...spec }));
  return { name, options: { count: COUNT, ...options }, run, end: 'succeeded' };
}

/** A rollout of one of the kinds of change that are undone elsewhere. */
function kind(name: string): Errand {
  const found = EVERY_CHANGE.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no such kind: ${name}`);
  const { change, strategy = {}, options, galleryVersions = [] } = found;
  const errand = rollout(name, { change, strategy }, options);
  return {
    ...errand,
    run(lab) {
      for (const version of galleryVersions) {
        lab.sim.publishGalleryVersion({ resourceGroup: 'rollout', gallery: 'shop', image: 'app', version });
      }
      return errand.run(lab);
    },
  };
}

/** A newer version of an image that somebody else's gallery shares. */
function shared([field, image]: (typeof KINDS)[number]): Errand {
  const errand = rollout(
    `a version by ${field}`,
    { change: { image: { version: '1.1.0' } } },
    { image: { [field]: `${image}/versions/1.0.0` } },
  );
  return {
    ...errand,
    run(lab) {
      for (const version of ['1.0.0', '1.1.0']) publish(lab, version);
      return errand.run(lab);
    },
  };
}

/** A change of the model that names another resource. */
function reference(name: string, change: Record<string, unknown>, options?: LabOptions): Errand {
  return rollout(name, { change, strategy: { mostDisruptiveAllowed: 'deallocate' } }, options);
}

const NETWORK_PROFILE = {
  healthProbe: { id: `${NETWORK}/loadBalancers/lb/probes/alive` },
  networkInterfaceConfigurations: [
    {
      name: 'webNic',
      properties: {
        primary: true,
        networkSecurityGroup: { id: `${NETWORK}/networkSecurityGroups/web` },
        ipConfigurations: [
          {
            name: 'ip',
            properties: {
              subnet: { id: `${NETWORK}/virtualNetworks/vnet/subnets/web` },
              applicationSecurityGroups: [{ id: `${NETWORK}/applicationSecurityGroups/web` }],
              loadBalancerBackendAddressPools: [
                { id: `${NETWORK}/loadBalancers/lb/backendAddressPools/web` },
              ],
              loadBalancerInboundNatPools: [{ id: `${NETWORK}/loadBalancers/lb/inboundNatPools/ssh` }],
              publicIPAddressConfiguration: {
                name: 'ip',
                properties: { publicIPPrefix: { id: `${NETWORK}/publicIPPrefixes/web` } },
              },
            },
          },
        ],
      },
    },
  ],
};

const PAUSED: Errand = {
  name: 'a quarantine',
  options: { count: COUNT, faults: [{ kind: 'badImage', version: NEW, instances: ['0'] }] },
  async run(lab) {
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await lab.send(id, 'quarantine', { instances: ['0'] });
    await lab.host.advance(300_000);
    const { body } = await lab.call('GET', `/rollouts/${id}/instances`);
    const one = body.value.find(({ instanceId }: Body) => instanceId === '0');
    return one.quarantine?.isProtected === true ? 'protected' : 'notProtected';
  },
  end: 'protected',
};

const COLD: Errand = {
  name: 'instances that are off, there and back',
  options: { count: COUNT + 2, faults: [{ kind: 'badImage', version: NEW, instances: ['3'] }] },
  async run(lab) {
    await switchPower(lab, 'deallocate', ['3']);
    await switchPower(lab, 'powerOff', ['4']);
    const strategy = { maxUnavailable: 2 };
    return endOf(await lab.rollOut({ targets: { deallocated: 'startFirst' }, strategy }));
  },
  end: 'rolledBack',
};

const LISTED: Errand = {
  name: 'a look at all sets and at one',
  options: { count: COUNT },
  async run(lab) {
    const paths = ['', `/${SUBSCRIPTION}/rollout/web`, `/${SUBSCRIPTION}/rollout/web/instances`];
    const replies: number[] = [];
    for (const path of paths) replies.push((await lab.call('GET', `/scale-sets${path}`)).status);
    return replies.join(' ');
  },
  end: '200 200 200',
};

/** Together they need every right that the roles give. */
export const ERRANDS: readonly Errand[] = [
  kind('image version'),
  kind('managed image'),
  kind('gallery image version'),
  ...KINDS.map(shared),
  kind('size that the hardware offers'),
  kind('size of other hardware'),
  kind('extension settings'),
  kind('load-balancer pools replaced by one of an application gateway'),
  rollout('a set with automatic repairs', {}, { properties: REPAIRS }),
  ...(['restart', 'reimage', 'redeploy'] as const).map((force) =>
    rollout(`a forced ${force}`, { change: { force }, strategy: { mostDisruptiveAllowed: 'deallocate' } }),
  ),
  rollout('an instance deleted', {
    change: { action: 'delete' },
    targets: { instances: ['0'] },
    strategy: { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true },
  }),
  rollout('data disks', {
    change: { dataDisks: { attach: [{ instance: '0', diskId: diskId('d0') }] } },
  }),
  reference('a whole network profile', { set: { 'virtualMachineProfile.networkProfile': NETWORK_PROFILE } }),
  reference('a disk encryption set', {
    set: {
      'virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet': {
        id: `${COMPUTE}/diskEncryptionSets/keys`,
      },
    },
  }),
  reference('a capacity reservation', {
    set: {
      'virtualMachineProfile.capacityReservation': {
        capacityReservationGroup: { id: `${COMPUTE}/capacityReservationGroups/web` },
      },
    },
  }),
  reference('a gallery application', {
    set: {
      'virtualMachineProfile.applicationProfile': {
        galleryApplications: [
          { packageReferenceId: `${COMPUTE}/galleries/shop/applications/agent/versions/1.0.0` },
        ],
      },
    },
  }),
  reference('certificates of a vault', {
    set: {
      'virtualMachineProfile.osProfile.secrets': [
        {
          sourceVault: { id: `${PROVIDERS}/Microsoft.KeyVault/vaults/certificates` },
          vaultCertificates: [{ certificateUrl: 'https://certificates.vault.azure.net/secrets/web/1' }],
        },
      ],
    },
  }),
  PAUSED,
  COLD,
  LISTED,
];

export interface Run {
  readonly end: string;
  /** The rights that it was asked for, without regard to case. */
  readonly asked: ReadonlySet<string>;
  /** How many requests the simulator has refused for a missing right. */
  readonly denied: number;
}

/** Runs an errand with the roles as they are deployed, or with one action taken out. */
export async function runErrand({ options, run }: Errand, without?: string): Promise<Run> {
  const asked = new Set<string>();
  const onAsked = ({ action }: { readonly action: string }): unknown => asked.add(action.toLowerCase());
  await using lab = await startLab({
    ...options,
    access: { onAsked, ...(without !== undefined && { without }) },
  });
  const end = await run(lab);
  const denied = lab.log.filter((entry) => entry.kind === 'request' && entry.status === 403).length;
  return { end, asked, denied };
}
