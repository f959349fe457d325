import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { aModel, aPlanInput, instances } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

interface Lagging {
  readonly what: string;
  /** Instance 3 of five; the model says the old version and `Standard_D2s_v5`. */
  readonly shows: Partial<Instance>;
  readonly spec?: Record<string, unknown>;
  readonly sizes?: readonly string[];
  readonly model?: ReturnType<typeof aModel>;
  readonly takes: 'none' | 'restart' | 'reimage' | 'deallocate';
  readonly does?: readonly string[];
}

const SAYS_LATEST = aModel({
  profile: {
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: 'latest' },
    },
  },
});
const NOTHING = { change: {} };
const BIG = 'Standard_D2s_v5';

// By hand: of an instance that lags Azure shows only that it does, its image and its size.
const CASES: readonly Lagging[] = [
  { what: 'nobody lags', shows: {}, spec: NOTHING, takes: 'none' },
  {
    what: 'one runs another image',
    shows: { latestModelApplied: false, image: '22.04.202609010' },
    spec: NOTHING,
    takes: 'reimage',
  },
  {
    what: 'one lags, and nothing shows in what',
    shows: { latestModelApplied: false },
    spec: NOTHING,
    takes: 'reimage',
  },
  {
    what: 'one lags behind a model that says latest',
    shows: { latestModelApplied: false },
    model: SAYS_LATEST,
    spec: NOTHING,
    takes: 'reimage',
  },
  {
    what: 'one shows the model, and an image that it does not name',
    shows: { image: NEW },
    spec: NOTHING,
    takes: 'reimage',
  },
  {
    what: 'one has a size that its hardware does not offer',
    shows: { latestModelApplied: false, vmSize: 'Standard_NV6' },
    sizes: ['Standard_NV6', 'Standard_NV12'],
    spec: NOTHING,
    takes: 'deallocate',
    does: ['deallocate', 'upgrade', 'start'],
  },
  {
    what: 'one has a size that its hardware offers',
    shows: { latestModelApplied: false, vmSize: 'Standard_D4s_v5' },
    sizes: [BIG, 'Standard_D4s_v5'],
    spec: NOTHING,
    takes: 'reimage',
  },
  {
    what: 'one has its size in other letters',
    shows: { vmSize: 'standard_d2S_V5' },
    spec: { change: { set: { 'tags.team': 'other' } } },
    takes: 'none',
  },
  {
    what: 'one lags, and only a tag changes',
    shows: { latestModelApplied: false },
    spec: { change: { set: { 'tags.team': 'other' } } },
    takes: 'reimage',
  },
  {
    what: 'one lags, and a change of class none is brought to all',
    shows: { latestModelApplied: false },
    spec: { change: { set: { 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled': true } } },
    takes: 'reimage',
  },
  {
    what: 'the one that lags is protected',
    shows: { latestModelApplied: false, isProtected: true },
    spec: NOTHING,
    takes: 'none',
  },
  {
    what: 'the one that lags is left out',
    shows: { latestModelApplied: false },
    spec: { change: {}, targets: { exclude: ['3'] } },
    takes: 'none',
  },
];

function plan({ shows, spec, sizes, model }: Lagging, mostDisruptiveAllowed: string) {
  const strategy = { mostDisruptiveAllowed };
  return makePlan(
    aPlanInput({
      spec: { ...spec, strategy },
      instances: instances(5, (id) => (id === '3' ? { vmSize: BIG, ...shows } : { vmSize: BIG })),
      versions: [NEW, OLD],
      ...(sizes !== undefined && { sizes }),
      ...(model !== undefined && { model }),
    }),
  );
}

const LEVELS = ['none', 'restart', 'reimage', 'deallocate'] as const;

// Feature [Change] The class counts what lagging instances need, too (Issue 12, kind 1)
//   shown by: where one runs another image the plan takes reimage
test.each(CASES)('where $what the plan takes $takes', (given) => {
  const { takes, does = ['upgrade'] } = given;
  expect(plan(given, 'deallocate')).toMatchObject({ kind: 'plan', class: takes, actions: does });
  expect(plan(given, takes)).toMatchObject({ kind: 'plan', class: takes });
});

test.each(CASES.filter(({ takes }) => takes !== 'none'))(
  'where $what less than $takes is refused, with the instance',
  (given) => {
    const less = LEVELS[LEVELS.indexOf(given.takes) - 1] ?? 'none';
    expect(plan(given, less)).toMatchObject({
      kind: 'refused',
      code: 'tooDisruptive',
      message: expect.stringContaining('instance 3'),
      remedy: expect.stringContaining(`"${given.takes}"`),
    });
  },
);
