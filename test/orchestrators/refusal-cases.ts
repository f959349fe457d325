import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { NEW, scaleSetId } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';
import { pass, writeByHand } from '../lab/others.ts';
import { DISKS } from './disk-cases.ts';
import { FIXED } from './fixed-cases.ts';
import { OF_ENDED } from './undo-refusal-cases.ts';

/** A scale set to which a refusal applies, and the spec that hears it. */
export interface RefusalCase {
  readonly code: string;
  readonly when: string;
  readonly set?: LabOptions;
  /** What others do to the scale set before; may answer with more fields of the spec. */
  prepare?(lab: Lab): Promise<object | undefined>;
  readonly spec?: object;
  /** The property that it is about; absent where it is the scale set as such. */
  readonly path?: string;
  readonly remedy: RegExp;
  /** Known without asking Azure: `POST /rollouts` answers it at once. */
  readonly atOnce?: true;
}

const PROFILE = 'virtualMachineProfile';

function ownImage(name: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/images/${name}`;
}

const SICK: FaultInput = { kind: 'sickInstance', instances: ['1', '2'] };

/** One for each code at least, where planning finds it. */
export const PLANNED: readonly RefusalCase[] = [
  {
    code: 'scaleSetNotFound',
    when: 'there is no such set',
    spec: { scaleSet: scaleSetId('nowhere') },
    path: 'scaleSet',
    remedy: /resource id/,
  },
  {
    code: 'imageNotFound',
    when: 'nobody published the version',
    spec: { change: { image: { version: '22.04.209901010' } } },
    path: 'change.image.version',
    remedy: new RegExp(NEW),
  },
  {
    code: 'imageNotFound',
    when: 'nobody published anything of that sku',
    spec: { change: { image: { sku: 'nobodys', version: 'latest' } } },
    path: 'change.image.version',
    remedy: /check the image/,
  },
  {
    code: 'imageNotFound',
    when: 'there is no image of that id',
    set: { image: { id: ownImage('old') }, managedImages: [{ resourceGroup: 'rollout', name: 'old' }] },
    spec: { change: { image: { id: ownImage('new') } } },
    path: 'change.image.id',
    remedy: /resource id/,
  },
  {
    code: 'pathNotFound',
    when: 'the set has no such extension',
    spec: { change: { extensions: [{ name: 'nobodys', settings: {} }] } },
    path: 'change.extensions',
    remedy: /adds none/,
  },
  {
    code: 'pathNotFound',
    when: 'the path leads nowhere',
    spec: { change: { set: { 'vmProfile.priority': 'Spot' } } },
    path: 'change.set.vmProfile.priority',
    remedy: /az vmss update --set/,
  },
  ...FIXED,
  ...DISKS,
  {
    code: 'propertyNotChangeable',
    when: 'the set runs another kind of image',
    spec: { change: { image: { uri: 'https://store.example/vhds/web.vhd' } } },
    path: 'change.image.uri',
    remedy: /kind/,
  },
  {
    code: 'tooDisruptive',
    when: 'more is needed than is allowed',
    spec: { strategy: { mostDisruptiveAllowed: 'restart' } },
    path: 'strategy.mostDisruptiveAllowed',
    remedy: /"mostDisruptiveAllowed": "reimage"/,
  },
  {
    code: 'irreversibleChange',
    when: 'what was there cannot be read, and nobody accepts that',
    spec: { change: { osProfile: { customData: 'UzNDUkVU' } } },
    path: 'strategy.acceptIrreversible',
    remedy: /"acceptIrreversible": true/,
  },
  ...[[17], [0, 5], [0, 1, 2, 3, 4, 99]].map((before) => ({
    code: 'unknownBatch',
    when: `an approval is asked for before ${JSON.stringify(before)} of five`,
    set: { count: 5 },
    spec: { approvals: { before } },
    path: `approvals.before.${before.length - 1}`,
    remedy: /"before": "batch"/,
  })),
  {
    code: 'unknownBatch',
    when: 'the model alone changes, and an approval is asked for before a second batch',
    set: { count: 0 },
    spec: { approvals: { before: [0, 1] } },
    path: 'approvals.before.1',
    remedy: /"before": "batch"/,
  },
  {
    code: 'irreversibleChange',
    when: 'a secret is set where everybody may read it',
    spec: { change: { set: { [`${PROFILE}.osProfile.customData`]: 'UzNDUkVU' } } },
    path: `change.set.${PROFILE}.osProfile.customData`,
    remedy: /osProfile/,
    atOnce: true,
  },
  ...['instances', 'exclude'].map((list) => ({
    code: 'unknownInstance',
    when: `targets.${list} names one that is not there`,
    spec: { targets: { [list]: ['0', '99'] } },
    path: `targets.${list}`,
    remedy: /has now/,
  })),
  {
    code: 'notOnFlexible',
    when: 'the set has no update domains',
    set: { properties: { orchestrationMode: 'Flexible' } },
    path: 'strategy.batchBy',
    remedy: /./,
  },
  {
    code: 'floorImpossible',
    when: 'the only instance would go down',
    set: { count: 1 },
    path: 'strategy.maxUnavailable',
    remedy: /"100%"/,
  },
  {
    code: 'noHealthSignal',
    when: 'a signal is asked for and nobody gives one',
    set: { healthExtension: false },
    spec: { health: { requireSignal: true } },
    path: 'health.requireSignal',
    remedy: /extension/,
  },
  {
    code: 'tooManyUnhealthy',
    when: 'two of five are ill',
    set: { faults: [SICK] },
    prepare: (lab) => pass(lab, 120),
    path: 'health.maxUnhealthyInstancePercent',
    remedy: /"fixForward": true/,
  },
  {
    code: 'tooManyUnhealthy',
    when: 'one is switched off, and no other may be down beside it',
    async prepare(lab) {
      await writeByHand(lab, 'POST', { instanceIds: ['4'] }, '/deallocate');
      return pass(lab, 300);
    },
    path: 'strategy.maxUnavailable',
    remedy: /start or delete them/,
  },
  {
    code: 'nativeUpgradeRunning',
    when: 'Azure upgrades the set itself just now',
    set: { upgradePolicy: { mode: 'Rolling', rollingUpgradePolicy: { maxBatchInstancePercent: 20 } } },
    async prepare(lab) {
      const imageReference = { version: NEW };
      const patch = { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };
      lab.sim.inject({ kind: 'foreignModel', atSeconds: 1, patch });
      return pass(lab, 30);
    },
    spec: { change: {} },
    remedy: /az vmss rolling-upgrade cancel/,
  },
  {
    code: 'serviceFabricManaged',
    when: 'the set belongs to a cluster',
    set: {
      extensions: [
        {
          name: 'fabric',
          properties: {
            publisher: 'Microsoft.Azure.ServiceFabric',
            type: 'ServiceFabricLinuxNode',
            typeHandlerVersion: '1.1',
          },
        },
      ],
    },
    remedy: /cluster/,
  },
  {
    code: 'scaleSetDeleting',
    when: 'the set goes away just now',
    async prepare(lab) {
      await writeByHand(lab, 'DELETE');
      return undefined;
    },
    remedy: /nothing to roll out/,
  },
  {
    code: 'planChanged',
    when: 'another plan was reviewed',
    spec: { planHash: '0123456789abcdef0123456789abcdef' },
    path: 'planHash',
    remedy: /review/,
  },
  ...OF_ENDED,
];

const GUARDED: LabOptions = {
  upgradePolicy: { mode: 'Automatic' },
  properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
};

/** What no read shows beforehand, but only the one write of the model that Azure refuses. */
export const WRITTEN: readonly RefusalCase[] = [
  {
    code: 'tooManyModels',
    when: 'the instances hold on to as many models as there may be',
    set: { ...GUARDED, profile: { modelLimit: 1 } },
    remedy: /current model first/,
  },
  {
    code: 'refusedByAzure',
    when: 'the service will not have the model',
    set: GUARDED,
    spec: { change: { set: { [`${PROFILE}.storageProfile.imageReference.version`]: '22.04.209901010' } } },
    remedy: /fix the value that Azure rejected/,
  },
];
