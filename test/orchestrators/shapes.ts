import { NEW } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

/** A rollout of a certain shape, from its set to its end. */
export interface Shape {
  readonly name: string;
  readonly set: LabOptions;
  readonly spec: Readonly<Record<string, unknown>>;
  /** What has happened to the set before; may answer with more fields of the spec. */
  readonly prepare?: (lab: Lab) => Promise<object | undefined>;
}

const image = { version: NEW };
const extension = {
  name: 'app',
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: { fileUris: ['https://example.com/1'] },
  },
};
const PROFILE = 'virtualMachineProfile';

/** Sets of 1 to 1,000 instances, and every kind of batch, pacing and change. */
export const SHAPES: readonly Shape[] = [
  {
    name: '1, all of it down',
    set: { count: 1 },
    spec: { change: { image }, strategy: { maxUnavailable: '100%' } },
  },
  { name: '5, as it is by default', set: { count: 5 }, spec: { change: { image } } },
  { name: '15, by update domain', set: { count: 15 }, spec: { change: { image } } },
  { name: '15, sliding', set: { count: 15 }, spec: { change: { image }, strategy: { pacing: 'sliding' } } },
  {
    name: '15, one at a time',
    set: { count: 15 },
    spec: { change: { image }, strategy: { batchBy: 'count', steps: [1] } },
  },
  {
    name: '21, by zone, stable for 5 minutes',
    set: { count: 21, zones: ['1', '2', '3'] },
    spec: {
      change: { image },
      strategy: { batchBy: 'zone', maxUnavailable: '34%' },
      health: { stableSeconds: 300 },
    },
  },
  {
    name: '30, a canary that soaks',
    set: { count: 30 },
    spec: {
      change: { image },
      strategy: { canary: 1, batchBy: 'percent', steps: ['20%'] },
      soakSeconds: 600,
    },
  },
  {
    name: '60, an escalating list',
    set: { count: 60 },
    spec: { change: { image }, strategy: { batchBy: 'steps', steps: [1, '10%', '50%', '100%'] } },
  },
  {
    name: '100, sliding, 10 down',
    set: { count: 100 },
    spec: { change: { image }, strategy: { pacing: 'sliding', maxUnavailable: 10 } },
  },
  {
    name: '250, batches of a tenth',
    set: { count: 250 },
    spec: { change: { image }, strategy: { batchBy: 'percent', steps: ['10%'] } },
  },
  { name: '1000, by update domain', set: { count: 1000 }, spec: { change: { image } } },
  {
    name: '300, sliding',
    set: { count: 300 },
    spec: { change: { image }, strategy: { pacing: 'sliding', maxUnavailable: '10%' } },
  },
  {
    name: '1000, sliding',
    set: { count: 1000 },
    spec: { change: { image }, strategy: { pacing: 'sliding', maxUnavailable: '20%' } },
  },
  {
    name: '30, a canary, then sliding, soaking',
    set: { count: 30 },
    spec: {
      change: { image },
      strategy: { canary: 1, pacing: 'sliding', batchBy: 'percent', steps: ['20%'] },
      soakSeconds: 300,
    },
  },
  {
    name: '10, Windows',
    set: { count: 10, osType: 'Windows' },
    spec: { change: { image } },
  },
  {
    name: '10, two more extensions',
    set: { count: 10, extensions: [extension, { ...extension, name: 'agent' }] },
    spec: { change: { image } },
  },
  {
    name: '15, a property of the network',
    set: { count: 15 },
    spec: {
      change: {
        set: {
          [`${PROFILE}.networkProfile.networkInterfaceConfigurations[0].enableIPForwarding`]: true,
        },
      },
    },
  },
  {
    name: '15, left behind by others',
    set: { count: 15 },
    spec: { change: {} },
    async prepare(lab) {
      const imageReference = { version: NEW };
      const patch = { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };
      lab.sim.inject({ kind: 'foreignModel', atSeconds: 1, patch });
      await lab.host.advance(60_000);
      return undefined;
    },
  },
  {
    name: '15, another size, a restart',
    set: { count: 15 },
    spec: { change: { vmSize: 'Standard_D4s_v5' } },
  },
  {
    name: '15, other hardware',
    set: { count: 15 },
    spec: { change: { vmSize: 'Standard_M8ms' }, strategy: { mostDisruptiveAllowed: 'deallocate' } },
  },
  { name: '15, tags only', set: { count: 15 }, spec: { change: { set: { 'tags.team': 'shop' } } } },
  {
    name: '15, boot diagnostics: nobody goes down',
    set: { count: 15 },
    spec: { change: { set: { [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true } } },
  },
  {
    name: '15, an extension’s settings',
    set: { count: 15, extensions: [extension] },
    spec: { change: { extensions: [{ name: 'app', settings: { fileUris: ['https://example.com/2'] } }] } },
  },
  {
    name: '15, custom data',
    set: { count: 15 },
    spec: {
      change: { osProfile: { customData: 'IyEvYmluL3NoCg==' } },
      strategy: { acceptIrreversible: true },
    },
  },
  { name: '15, forced reimage', set: { count: 15 }, spec: { change: { force: 'reimage' } } },
  { name: '15, forced restart', set: { count: 15 }, spec: { change: { force: 'restart' } } },
  {
    name: '15, to heal four of them',
    set: {
      count: 15,
      faults: [{ kind: 'sickInstance', instances: ['0', '1', '2', '3'], untilSeconds: 180 }],
    },
    spec: { change: { image }, health: { fixForward: true } },
    async prepare(lab) {
      await lab.host.advance(120_000);
      return undefined;
    },
  },
  {
    name: '15, nobody tells its health',
    set: { count: 15, healthExtension: false },
    spec: { change: { image } },
  },
  {
    name: '15, with guards to hold',
    set: {
      count: 15,
      upgradePolicy: { mode: 'Automatic' },
      properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
    },
    spec: { change: { image } },
  },
  {
    name: '15, an approval before each batch',
    set: { count: 15 },
    spec: { change: { image }, approvals: { before: 'batch' } },
  },
  {
    name: '15, undone later',
    set: { count: 15 },
    spec: { change: {} },
    prepare: async (lab) => ({ rollbackOf: (await lab.rollOut()).id }),
  },
];
