import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Plan, PlanInput } from '../../../src/core/plan/plan.ts';
import { aModel, aPlanInput, instances } from '../../lab/builders.ts';
import { NEW, OLD, WEB } from '../../lab/names.ts';

function planOf(input: PlanInput): Plan {
  const plan = makePlan(input);
  if (plan.kind === 'refused') throw new Error(plan.message);
  return plan;
}

it('says what changes, in which batches, above which floor', () => {
  expect(planOf(aPlanInput({ instances: instances(7) }))).toMatchObject({
    scaleSet: WEB,
    delta: [
      {
        path: 'virtualMachineProfile.storageProfile.imageReference.version',
        before: OLD,
        after: NEW,
        class: 'reimage',
      },
    ],
    class: 'reimage',
    floor: 5,
    batches: [
      { index: 0, instances: ['0', '5'] },
      { index: 1, instances: ['1', '6'] },
      { index: 2, instances: ['2'] },
      { index: 3, instances: ['3'] },
      { index: 4, instances: ['4'] },
    ],
    skipped: [],
    warnings: [],
  });
});

it('resolves latest to the version that is newest now', () => {
  const [change] = planOf(aPlanInput({ spec: { change: { image: { version: 'latest' } } } })).delta;
  expect(change?.after).toBe(NEW);
});

test.each([
  ['is protected', { isProtected: true }, 'protected'],
  ['is deallocated', { power: 'deallocated' }, 'deallocated'],
  ['is stopped', { power: 'stopped' }, 'stopped'],
])('leaves out an instance that %s, and says why', (_, changes, reason) => {
  // Ten, so that the floor leaves room beside the one that does not run.
  const plan = planOf(aPlanInput({ instances: instances(10, (id) => (id === '3' ? changes : {})) }));
  expect(plan.batches.flatMap((batch) => batch.instances)).not.toContain('3');
  expect(plan.skipped).toEqual([{ instance: '3', reason: expect.stringContaining(reason) }]);
});

it('leaves out who is on the target already when the model does not change', () => {
  const onNew = instances(5, (id) =>
    Number(id) < 2 ? { image: NEW } : { image: OLD, latestModelApplied: false },
  );
  const model = aModel({
    profile: {
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: NEW },
      },
    },
  });
  const plan = planOf(aPlanInput({ model, instances: onNew }));
  expect(plan.delta).toEqual([]);
  expect(plan.batches.flatMap((batch) => batch.instances)).toEqual(['2', '3', '4']);
  expect(plan.skipped.map(({ instance }) => instance)).toEqual(['0', '1']);
});

it('touches no instance for a change of tags alone', () => {
  const plan = planOf(aPlanInput({ spec: { change: { set: { 'tags.team': 'other' } } } }));
  expect(plan).toMatchObject({ class: 'none', batches: [] });
  expect(plan.warnings).toEqual([]);
});

it('has no batch larger than may be down, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.oneof(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 99 }).map((share) => `${share}%`),
      ),
      (count, maxUnavailable) => {
        const plan = planOf(
          aPlanInput({ instances: instances(count), spec: { strategy: { maxUnavailable } } }),
        );
        for (const batch of plan.batches) {
          expect(count - batch.instances.length).toBeGreaterThanOrEqual(plan.floor);
        }
        expect(plan.floor).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});

describe('the hash', () => {
  const hashOf = (changes: Parameters<typeof aPlanInput>[0] = {}): string => planOf(aPlanInput(changes)).hash;

  test.each<[string, Parameters<typeof aPlanInput>[0]]>([
    ['nothing', {}],
    ['the etag', { model: aModel({ etag: '"99"' }) }],
    ['the state of the set', { model: aModel({ properties: { provisioningState: 'Updating' } }) }],
    [
      'when healths were reported',
      { instances: instances(5, () => ({ health: { state: 'healthy', at: 5 } })) },
    ],
    ['how long it is expected to take', { spec: { soakSeconds: 600, health: { stableSeconds: 90 } } }],
    ['who asks, and why', { spec: { reason: 'other', labels: { a: 'b' } } }],
    [
      'the case of the scale set',
      { spec: { scaleSet: WEB.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions') } },
    ],
    ['the order of the instances', { instances: instances(5).toReversed() }],
  ])('is the same when %s changes', (_, { spec, ...changes } = {}) => {
    expect(hashOf({ ...changes, spec: { change: { image: { version: NEW } }, ...spec } })).toBe(hashOf());
  });

  test.each<[string, Parameters<typeof aPlanInput>[0]]>([
    ['the scale set', { spec: { scaleSet: WEB.replace(/web$/, 'api') } }],
    ['the delta', { spec: { change: { image: { version: NEW }, set: { 'tags.team': 'x' } } } }],
    ['what was before', { model: aModel({ profile: { storageProfile: imageOf('22.04.202601010') } }) }],
    ['the instances of a batch', { instances: instances(5, (id) => ({ isProtected: id === '4' })) }],
    [
      'the batches',
      { instances: instances(5, () => ({ updateDomain: 0 })), spec: { strategy: { maxUnavailable: 1 } } },
    ],
    ['the floor', { spec: { strategy: { maxUnavailable: 3 } } }],
  ])('differs when %s changes', (_, { spec, ...changes } = {}) => {
    expect(hashOf({ ...changes, spec: { change: { image: { version: NEW } }, ...spec } })).not.toBe(hashOf());
  });

  it('is asked for in vain when the plan is another now', () => {
    const planHash = hashOf();
    expect(planOf(aPlanInput({ spec: { planHash } })).hash).toBe(planHash);
    expect(makePlan(aPlanInput({ spec: { planHash }, instances: instances(6) }))).toMatchObject({
      kind: 'refused',
      code: 'planChanged',
      path: 'planHash',
    });
  });
});

function imageOf(version: string) {
  return { imageReference: { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version } };
}

test.each([
  [3600, ['graceExceedsTimeout']],
  [900, []],
])('warns when instances may initialize for longer than they have: %i seconds', (gracePeriod, codes) => {
  const properties = { type: 'ApplicationHealthLinux', settings: { gracePeriod } };
  const model = aModel({ profile: { extensionProfile: { extensions: [{ name: 'health', properties }] } } });
  expect(planOf(aPlanInput({ model })).warnings.map(({ code }) => code)).toEqual(codes);
});
