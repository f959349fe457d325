import { expect, it, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { aModel, aPlanInput, instances } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

type Input = Parameters<typeof aPlanInput>[0];

const IMAGE = 'virtualMachineProfile.storageProfile.imageReference';
const platform = { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: 'latest' };

function sick(ids: readonly string[]) {
  return (id: string) => (ids.includes(id) ? { health: { state: 'unhealthy' } } : {});
}

function set(path: string, value: string): Input {
  return { spec: { change: { set: { [path]: value } } } };
}

interface Case {
  readonly code: string;
  readonly when: string;
  readonly input: Input;
  /** What the caller has to look at; absent where it is the scale set itself. */
  readonly path?: string;
  readonly remedy: RegExp;
}

const CASES: readonly Case[] = [
  {
    code: 'scaleSetDeleting',
    when: 'the set is being deleted',
    input: { model: aModel({ properties: { provisioningState: 'Deleting' } }) },
    remedy: /nothing to roll out/,
  },
  {
    code: 'notOnFlexible',
    when: 'the set is Flexible and goes by update domains',
    input: { model: aModel({ properties: { orchestrationMode: 'Flexible' } }) },
    path: 'strategy.batchBy',
    remedy: /./,
  },
  ...['ServiceFabricNode', 'ServiceFabricLinuxNode'].map((type) => ({
    code: 'serviceFabricManaged',
    when: `it has the extension ${type}`,
    input: { model: aModel({ profile: { extensionProfile: { extensions: [{ properties: { type } }] } } }) },
    remedy: /cluster/,
  })),
  {
    code: 'imageNotFound',
    when: 'there is no such version',
    input: { spec: { change: { image: { version: '22.04.209901010' } } } },
    path: 'change.image.version',
    remedy: new RegExp(NEW),
  },
  {
    code: 'imageNotFound',
    when: 'nothing is published at all',
    input: { versions: [], spec: { change: { image: { version: 'latest' } } } },
    path: 'change.image.version',
    remedy: /image/,
  },
  {
    code: 'propertyNotChangeable',
    when: 'a custom image should get a version',
    input: { model: aModel({ profile: { storageProfile: { imageReference: { id: '/x' } } } }) },
    path: 'change.image.version',
    remedy: /image/,
  },
  {
    code: 'propertyNotChangeable',
    when: 'it is fixed',
    input: set('location', 'x'),
    path: 'location',
    remedy: /new/,
  },
  {
    code: 'pathNotFound',
    when: 'the path leads nowhere',
    input: set('vmProfile.x', 'y'),
    path: 'change.set.vmProfile.x',
    remedy: /az vmss/,
  },
  {
    code: 'pathNotFound',
    when: 'it is no path',
    input: set('a..b', 'y'),
    path: 'change.set.a..b',
    remedy: /az vmss/,
  },
  {
    code: 'tooDisruptive',
    when: 'more is needed than allowed',
    input: { spec: { strategy: { mostDisruptiveAllowed: 'restart' } } },
    path: 'strategy.mostDisruptiveAllowed',
    remedy: /"mostDisruptiveAllowed": "reimage"/,
  },
  {
    code: 'irreversibleChange',
    when: 'nobody can read what was before',
    input: set('virtualMachineProfile.osProfile.customData', 'IyEvYmluL3NoCg=='),
    path: 'change.set.virtualMachineProfile.osProfile.customData',
    remedy: /./,
  },
  {
    code: 'floorImpossible',
    when: 'a single instance would go down',
    input: { instances: instances(1) },
    path: 'strategy.maxUnavailable',
    remedy: /"100%"/,
  },
  {
    code: 'noHealthSignal',
    when: 'a signal is required and one instance has none',
    input: {
      spec: { health: { requireSignal: true } },
      instances: instances(5).map(({ health, ...rest }) =>
        rest.instanceId === '2' ? rest : { ...rest, ...(health && { health }) },
      ),
    },
    path: 'health.requireSignal',
    remedy: /extension/,
  },
  {
    code: 'tooManyUnhealthy',
    when: 'two of five are ill',
    input: { instances: instances(5, sick(['1', '2'])) },
    path: 'health.maxUnhealthyInstancePercent',
    remedy: /"fixForward": true/,
  },
  {
    code: 'tooManyUnhealthy',
    when: 'two of five are ill, though the floor stands',
    input: {
      instances: instances(5, sick(['1', '2'])),
      spec: { strategy: { maxUnavailable: 3 } },
    },
    path: 'health.maxUnhealthyInstancePercent',
    remedy: /fixForward/,
  },
  {
    code: 'tooManyUnhealthy',
    when: 'fewer serve than the floor',
    input: {
      instances: instances(10, sick(['1', '2'])),
      spec: { strategy: { maxUnavailable: 1 }, health: { maxUnhealthyInstancePercent: 50 } },
    },
    path: 'health.maxUnhealthyInstancePercent',
    remedy: /fixForward/,
  },
];

test.each(CASES)('$code when $when', ({ code, input, path, remedy }) => {
  const { spec, ...rest } = input ?? {};
  const refusal = makePlan(aPlanInput({ ...rest, spec: { change: { image: { version: NEW } }, ...spec } }));
  expect(refusal).toMatchObject({ kind: 'refused', code, message: expect.stringMatching(/\w/) });
  expect(refusal).toHaveProperty('remedy', expect.stringMatching(remedy));
  if (path === undefined) expect(refusal).not.toHaveProperty('path');
  else expect(refusal).toHaveProperty('path', path);
});

test.each<[string, Input]>([
  ['one of five is ill, just what is tolerated', { instances: instances(5, sick(['1'])) }],
  [
    'many are ill and the change is to heal them',
    { instances: instances(5, sick(['1', '2', '3'])), spec: { health: { fixForward: true } } },
  ],
  [
    'a single instance may go down',
    { instances: instances(1), spec: { strategy: { maxUnavailable: '100%' } } },
  ],
  ['reimaging is allowed', { spec: { strategy: { mostDisruptiveAllowed: 'reimage' } } }],
  [
    'the health of some is not reported and need not be',
    { instances: instances(5).map(({ health: _h, ...rest }) => rest) },
  ],
])('plans when %s', (_, input) => {
  const { spec, ...rest } = input ?? {};
  expect(makePlan(aPlanInput({ ...rest, spec: { change: { image: { version: NEW } }, ...spec } })).kind).toBe(
    'plan',
  );
});

it('names the instances that are ill', () => {
  const refusal = makePlan(aPlanInput({ instances: instances(5, sick(['1', '3'])) }));
  expect(refusal).toHaveProperty('message', expect.stringContaining('1, 3'));
});

const LATEST = aModel({ profile: { storageProfile: { imageReference: platform } } });

test.each<[string, Input, readonly string[]]>([
  ['nothing is left to do', { spec: { change: { image: { version: OLD } } } }, ['nothingToDo']],
  [
    'nobody reports a health',
    { instances: instances(5).map(({ health: _h, ...rest }) => rest) },
    ['noHealthSignal'],
  ],
  [
    'instances are older than a model that says latest',
    { model: LATEST, spec: { change: {} } },
    ['nothingToDo', 'olderThanLatest'],
  ],
  ['none is older than latest', { model: LATEST, versions: [OLD], spec: { change: {} } }, ['nothingToDo']],
  ['latest gives way to a version', { model: LATEST }, ['rollbackPinsVersion']],
  ['all is well', {}, []],
])('warns when %s', (_, input, codes) => {
  const { spec, ...rest } = input ?? {};
  const plan = makePlan(aPlanInput({ ...rest, spec: { change: { image: { version: NEW } }, ...spec } }));
  expect(plan.kind === 'plan' && plan.warnings.map(({ code }) => code)).toEqual(codes);
});

it('knows which path an image is at', () => {
  const plan = makePlan(aPlanInput());
  expect(plan.kind === 'plan' && plan.delta.map(({ path }) => path)).toEqual([`${IMAGE}.version`]);
});
