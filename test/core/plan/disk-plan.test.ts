import { describe, expect, it, test } from 'vitest';
import type { ShownDisk } from '../../../src/core/instance/disks.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { readSpec } from '../../../src/core/spec/spec.ts';
import { aModel, aPlanInput, instances } from '../../lab/builders.ts';
import { diskId } from '../../lab/disks.ts';
import { NEW, WEB } from '../../lab/names.ts';

type Input = Omit<Parameters<typeof aPlanInput>[0] & object, 'spec'>;

/** Instance 1 has `a` at LUN 0, attached by hand, and a disk of the model at LUN 1; instance 2 has all LUNs taken. */
function planOf(dataDisks: object, { spec = {}, ...input }: Input & { spec?: object } = {}) {
  const shown = (id: string): Partial<PlanInput['instances'][number]> => {
    if (id === '1') {
      return {
        dataDisks: [
          { diskId: diskId('a'), lun: 0, caching: 'ReadOnly', deleteOption: 'Delete' },
          { diskId: diskId('made'), lun: 1, isOfModel: true },
        ],
      };
    }
    return id === '2' ? { dataDisks: full() } : {};
  };
  return makePlan(
    aPlanInput({ instances: instances(5, shown), ...input, spec: { change: { dataDisks }, ...spec } }),
  );
}

function full(): readonly ShownDisk[] {
  return Array.from({ length: 64 }, (_, lun) => ({ diskId: diskId(`f${lun}`), lun }));
}

const WITH_MODEL_DISK = aModel({
  profile: { storageProfile: { dataDisks: [{ lun: 0, createOption: 'Empty', diskSizeGB: 8 }] } },
});
const attach = (instance: string, disk: string, options: object = {}) => ({
  attach: [{ instance, diskId: diskId(disk), ...options }],
});

test.each<[string, string, object, Parameters<typeof planOf>[1], string, RegExp]>([
  [
    'unknownInstance',
    'there is no such instance',
    attach('9', 'n'),
    {},
    'attach.0.instance',
    /only instances/,
  ],
  [
    'unknownInstance',
    'the targets leave it out',
    attach('3', 'n'),
    { spec: { targets: { updateDomains: [0] } } },
    'attach.0.instance',
    /"targets"/,
  ],
  [
    'instanceProtected',
    'the instance is protected',
    { detach: [{ instance: '1', lun: 0 }] },
    { instances: instances(5, (id) => ({ isProtected: id === '1' })) },
    'detach.0.instance',
    /protectFromScaleSetActions/,
  ],
  ['lunTaken', 'another disk is there', attach('1', 'n', { lun: 0 }), {}, 'attach.0.lun', /free one/],
  [
    'lunTaken',
    'another disk comes off there in the same rollout',
    { ...attach('1', 'n', { lun: 0 }), detach: [{ instance: '1', lun: 0 }] },
    {},
    'attach.0.lun',
    /of its own/,
  ],
  [
    'lunTaken',
    'the model has a disk for it',
    attach('3', 'n', { lun: 0 }),
    { model: WITH_MODEL_DISK },
    'attach.0.lun',
    /another one/,
  ],
  ['noFreeLun', 'all are taken', attach('2', 'n'), {}, 'attach.0', /detach/],
  ['diskInUse', 'another instance has it', attach('3', 'A'), {}, 'attach.0.diskId', /of its own/],
  ['diskInUse', 'it is there at another LUN', attach('1', 'a', { lun: 9 }), {}, 'attach.0.diskId', /detach/],
  [
    'diskInUse',
    'it is to come off, too',
    { ...attach('1', 'a'), detach: [{ instance: '1', lun: 0 }] },
    {},
    'attach.0.diskId',
    /of its own/,
  ],
  [
    'pathNotFound',
    'nothing is at the LUN',
    { detach: [{ instance: '3', lun: 0 }] },
    {},
    'detach.0.lun',
    /diskId/,
  ],
  [
    'propertyNotChangeable',
    'the disk is of the model',
    { detach: [{ instance: '1', lun: 1 }] },
    {},
    'detach.0',
    /dataDisks\[lun=1\]/,
  ],
])('%s when %s', (code, _, dataDisks, input, path, remedy) => {
  const refusal = planOf(dataDisks, input);
  expect(refusal).toMatchObject({ kind: 'refused', code, path: `change.dataDisks.${path}` });
  expect(refusal).toHaveProperty('remedy', expect.stringMatching(remedy));
});

describe('a plan of disks', () => {
  it('is about the named instances alone, and changes no model', () => {
    const stale = instances(5, () => ({ latestModelApplied: false }));
    expect(planOf(attach('3', 'n'), { instances: stale })).toMatchObject({
      delta: [],
      class: 'none',
      batches: [{ instances: ['3'] }],
      skipped: [],
      dataDisks: [{ instance: '3', attach: [{ diskId: diskId('n'), lun: 0 }], detach: [] }],
    });
  });

  it('finds the lowest LUN that neither instance nor model nor another entry takes', () => {
    const dataDisks = {
      attach: [
        { instance: '1', diskId: diskId('x') },
        { instance: '1', diskId: diskId('y') },
        { instance: '1', diskId: diskId('z'), lun: 3 },
        { instance: '3', diskId: diskId('w') },
      ],
    };
    const plan = planOf(dataDisks, { model: WITH_MODEL_DISK });
    expect(plan).toMatchObject({
      dataDisks: [
        {
          instance: '1',
          attach: [
            { diskId: diskId('z'), lun: 3 },
            { diskId: diskId('x'), lun: 2 },
            { diskId: diskId('y'), lun: 4 },
          ],
        },
        { instance: '3', attach: [{ diskId: diskId('w'), lun: 1 }] },
      ],
    });
  });

  it('keeps all that it takes to put a detached disk back', () => {
    expect(planOf({ detach: [{ instance: '1', diskId: diskId('A') }] })).toMatchObject({
      dataDisks: [
        {
          instance: '1',
          attach: [],
          detach: [{ diskId: diskId('a'), lun: 0, caching: 'ReadOnly', deleteOption: 'Delete' }],
        },
      ],
    });
  });

  it('has nothing to do where the disks are as asked for', () => {
    const plan = planOf({ ...attach('1', 'a'), detach: [{ instance: '3', diskId: diskId('gone') }] });
    expect(plan).toMatchObject({ batches: [], warnings: [{ code: 'nothingToDo' }] });
    expect(plan).not.toHaveProperty('dataDisks');
    expect(plan).toMatchObject({
      skipped: [
        { instance: '1', reason: 'already on the target' },
        { instance: '3', reason: 'already on the target' },
      ],
    });
  });

  it('has a hash of its own for each disk and place', () => {
    const hashes = [attach('3', 'n'), attach('3', 'm'), attach('3', 'n', { lun: 1 }), attach('4', 'n')].map(
      (disks) => planOf(disks),
    );
    expect(new Set(hashes.map((plan) => plan.kind === 'plan' && plan.hash)).size).toBe(4);
  });

  it('leaves instances that are on the model to their disks alone', () => {
    const plan = planOf(attach('3', 'n'), {
      spec: { change: { image: { version: NEW }, dataDisks: attach('3', 'n') } },
    });
    expect(plan).toMatchObject({ class: 'reimage', onlyDisks: [] });
    const there = planOf(attach('3', 'n'), {
      spec: { change: { set: { 'tags.team': 'web' }, dataDisks: attach('3', 'n') } },
    });
    expect(there).toMatchObject({ batches: [{ instances: ['3'] }], onlyDisks: ['3'] });
  });
});

it.each<[object, string]>([
  [{ dataDisks: {} }, 'change.dataDisks'],
  [{ dataDisks: { attach: [] } }, 'change.dataDisks.attach'],
  [{ dataDisks: { attach: [{ instance: '1', diskId: 'd1' }] } }, 'change.dataDisks.attach.0.diskId'],
  [{ dataDisks: { attach: [{ diskId: diskId('d1') }] } }, 'change.dataDisks.attach.0.instance'],
  [{ dataDisks: attach('1', 'n', { lun: 64 }) }, 'change.dataDisks.attach.0.lun'],
  [{ dataDisks: attach('1', 'n', { caching: 'Write' }) }, 'change.dataDisks.attach.0.caching'],
  [{ dataDisks: attach('1', 'n', { sizeGB: 4 }) }, 'change.dataDisks.attach.0.sizeGB'],
  [{ dataDisks: { detach: [{ instance: '1' }] } }, 'change.dataDisks.detach.0'],
  [{ dataDisks: { detach: [{ instance: '1', lun: 1, diskId: diskId('d1') }] } }, 'change.dataDisks.detach.0'],
  [
    {
      dataDisks: {
        attach: [
          { instance: '1', diskId: diskId('d1') },
          { instance: '2', diskId: diskId('D1') },
        ],
      },
    },
    'change.dataDisks.attach.1.diskId',
  ],
  [
    {
      dataDisks: {
        detach: [
          { instance: '1', lun: 3 },
          { instance: '1', lun: 3 },
        ],
      },
    },
    'change.dataDisks.detach.1.lun',
  ],
  [{ dataDisks: attach('1', 'n'), force: 'restart' }, 'change.force'],
])('%j is refused at %s', (change, path) => {
  expect(readSpec({ scaleSet: WEB, change })).toMatchObject({ kind: 'invalid', errors: [{ path }] });
});
