import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { readSpec } from '../../../src/core/spec/spec.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import type { Refusal } from '../../../src/core/messages/refusals.ts';
import { AFTER, aSpec, BEFORE, fleet, MODEL } from '../fleet.ts';
import { labCipher } from '../../lab/cipher.ts';

function plan(targets: object, instances: readonly Instance[] = zonal(), rest: object = {}): Plan | Refusal {
  const spec = aSpec({ targets, health: { fixForward: true }, ...rest });
  return makePlan({ spec, model: MODEL, instances, versions: [AFTER, BEFORE], hashes: labCipher().hashes });
}

/** Twelve instances: zones 1, 2, 3 in turn, five update domains, three fault domains. */
const zonal = (): Instance[] => fleet(12, (id) => ({ zone: String((id % 3) + 1) }));

function targeted(found: Plan | Refusal): readonly number[] {
  if (found.kind === 'refused') throw new Error(found.message);
  return found.batches.flatMap(({ instances }) => instances.map(Number)).sort((a, b) => a - b);
}

describe('targets', () => {
  it.each<[string, object, readonly number[]]>([
    ['all', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['update domains', { updateDomains: [0, 4] }, [0, 4, 5, 9, 10]],
    ['fault domains', { faultDomains: [2] }, [2, 5, 8, 11]],
    ['zones', { zones: ['1', '3'] }, [0, 2, 3, 5, 6, 8, 9, 11]],
    ['instance ids', { instances: ['10', '2'] }, [2, 10]],
    ['a percentage, rounded up, the lowest ids first', { percent: 20 }, [0, 1, 2]],
    ['exclusions', { exclude: ['0', '11'] }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['all kinds at once, of which each must hold', { updateDomains: [0, 1], zones: ['2'] }, [1, 10]],
    ['a share of those that hold', { zones: ['2'], percent: 50 }, [1, 4]],
    ['exclusions after the share', { zones: ['2'], percent: 50, exclude: ['1'] }, [4]],
  ])('are %s', (_, targets, expected) => {
    expect(targeted(plan(targets))).toEqual(expected);
  });

  it('reports excluded, protected and switched-off instances, and none that nobody asked for', () => {
    const instances = fleet(12, (id) => ({
      isProtected: id === 3,
      ...(id === 5 && { power: 'deallocated' }),
      ...(id === 6 && { image: AFTER }),
    }));
    const found = plan({ instances: ['3', '5', '6', '7', '8'], exclude: ['7'] }, instances);
    expect(targeted(found)).toEqual([6, 8]);
    expect(found).toMatchObject({
      skipped: [
        { instance: '3', reason: 'protected from scale-set actions' },
        { instance: '5', reason: 'not running: deallocated' },
        { instance: '7', reason: 'excluded' },
      ],
    });
  });

  it('are not those already there, when the model needs no change', () => {
    const instances = fleet(4, (id) => ({ latestModelApplied: id !== 2 }));
    const found = plan({}, instances, { change: {} });
    expect(targeted(found)).toEqual([2]);
    expect(found).toMatchObject({
      skipped: ['0', '1', '3'].map((instance) => ({ instance, reason: 'already on the target' })),
    });
  });

  it.each(['instances', 'exclude'])('with an unknown id in %s are refused', (kind) => {
    expect(plan({ [kind]: ['3', '99', 'x'] })).toMatchObject({
      code: 'unknownInstance',
      path: `targets.${kind}`,
      message: 'the scale set has no instances 99, x',
      remedy: 'name only instances that the scale set has now',
    });
  });

  it.each([
    { zones: ['9'] },
    { updateDomains: [7] },
    { faultDomains: [7] },
    { zones: ['1'], faultDomains: [1] },
  ])('that match nothing, %j, change nothing and warn', (targets) => {
    const found = plan(targets);
    expect(found).toMatchObject({ kind: 'plan', batches: [], delta: [], class: 'none' });
    const codes = found.kind === 'plan' ? found.warnings.map(({ code }) => code) : [];
    expect(codes).toContain('noInstanceMatches');
    expect(codes).toContain('nothingToDo');
  });

  it('leave out instances that are switched off, with or without saying so', () => {
    const instances = fleet(5, (id) => (id === 4 ? { power: 'stopped' } : {}));
    for (const targets of [{}, { deallocated: 'skip' }]) {
      expect(targeted(plan(targets, instances, { strategy: { maxUnavailable: 2 } }))).toEqual([0, 1, 2, 3]);
    }
    expect(readSpec({ scaleSet: aSpec().scaleSet, targets: { deallocated: 'wake' } })).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'targets.deallocated' }],
    });
  });

  it('are refused where the instances that are switched off leave the floor no room', () => {
    const instances = fleet(10, (id) => (id < 2 ? { power: 'stopped' } : {}));
    expect(plan({}, instances)).toMatchObject({ code: 'tooManyUnhealthy', path: 'strategy.maxUnavailable' });
    expect(plan({}, instances, { strategy: { maxUnavailable: 3 } })).toMatchObject({
      kind: 'plan',
      floor: 7,
    });
  });
});
