import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { send } from '../lab/az.ts';
import { NEW, OLD, scaleSetId, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';
import { DISKS } from './disk-cases.ts';
import { FIXED } from './fixed-cases.ts';

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
      await write(lab, 'DELETE');
      return undefined;
    },
    remedy: /gone/,
  },
  {
    code: 'planChanged',
    when: 'another plan was reviewed',
    spec: { planHash: '0123456789abcdef0123456789abcdef' },
    path: 'planHash',
    remedy: /review/,
  },
  {
    code: 'modelChangedSince',
    when: 'somebody has written the same field since',
    async prepare(lab) {
      const { id } = await lab.rollOut();
      const imageReference = { version: OLD };
      const patch = { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };
      lab.sim.inject({ kind: 'foreignModel', atSeconds: secondsOf(lab) + 1, patch });
      await pass(lab, 30);
      return { rollbackOf: id };
    },
    spec: { change: {} },
    path: 'rollbackOf',
    remedy: /who changed it/,
  },
  {
    code: 'guardsHeldSince',
    when: 'a later rollout has left another policy held',
    set: { count: 15, upgradePolicy: { mode: 'Automatic' } },
    async prepare(lab) {
      const first = await abortHalfWay(lab, NEW);
      await lab.rollOut({ change: {} });
      await write(lab, 'PATCH', { properties: { upgradePolicy: { mode: 'Rolling' } } });
      await pass(lab, 3600);
      await abortHalfWay(lab, OLD);
      return { restoreGuardsOf: first };
    },
    spec: { change: {} },
    path: 'restoreGuardsOf',
    remedy: /doctor --restore/,
  },
  {
    code: 'rolloutNotFound',
    when: 'there is none to undo',
    spec: { change: {}, rollbackOf: 'nobody' },
    path: 'rollbackOf',
    remedy: /check its id/,
  },
  {
    code: 'rolloutNotFound',
    when: 'it was one of another set',
    set: {
      scaleSets: [
        { name: 'web', count: 5 },
        { name: 'api', count: 2 },
      ],
    },
    async prepare(lab) {
      const ended = await lab.rollOut({ scaleSet: scaleSetId('api'), change: {} });
      return { rollbackOf: ended.id };
    },
    spec: { change: {} },
    path: 'rollbackOf',
    remedy: /scale set/,
  },
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
    remedy: /complains/,
  },
];

async function pass(lab: Lab, seconds: number): Promise<undefined> {
  await lab.host.advance(seconds * 1000);
}

/** Another client's write. */
async function write(lab: Lab, method: string, body?: object): Promise<void> {
  const url = `https://management.azure.com${WEB}?api-version=2024-07-01`;
  const headers = { 'content-type': 'application/json' };
  const response = await send(
    lab,
    new Request(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
}

async function abortHalfWay(lab: Lab, version: string): Promise<string> {
  const id = await lab.start({ change: { image: { version } } });
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  return id;
}

function secondsOf({ host, sim }: Lab): number {
  return Math.ceil((host.clock.now() - sim.settings.started) / 1000);
}
