import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatMapOf } from '../../dashboard/view/heat-map.ts';
import { mapBy } from '../../dashboard/view/modes.ts';
import { healthLook, imageLooks, modelLook, powerLook } from '../../dashboard/view/states.ts';
import { aRolledInstance, anInstance } from './support/builders.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));
const nothing = { inRollout: [], waitingBatch: undefined };

describe('the heat map', () => {
  // Feature [The page] A heat map: a row per update domain, a column per fault domain (Q80, new 15)
  it('has a row per update domain and a column per fault domain, with each instance where both meet', () => {
    const instances = ids(15).map((id) => anInstance(id, { faultDomain: Number(id) % 3 }));
    const { groups, count } = heatMapOf(instances, powerLook);
    expect(count).toBe(15);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.columns).toEqual(['FD 0', 'FD 1', 'FD 2']);
    expect(groups[0]?.rows.map(({ name }) => name)).toEqual(['UD 0', 'UD 1', 'UD 2', 'UD 3', 'UD 4']);
    const [, first] = groups[0]?.rows ?? [];
    expect(first?.places.map((cells) => cells.map(({ id }) => id))).toEqual([['6'], ['1'], ['11']]);
  });

  it('sorts domains as numbers, and instances too', () => {
    const instances = ['10', '9', '100', '2'].map((id) =>
      anInstance(id, { updateDomain: Number(id), faultDomain: 0 }),
    );
    expect(heatMapOf(instances, powerLook).groups[0]?.rows.map(({ name }) => name)).toEqual([
      'UD 2',
      'UD 9',
      'UD 10',
      'UD 100',
    ]);
    const together = instances.map((instance) => ({ ...instance, updateDomain: 0 }));
    const [row] = heatMapOf(together, powerLook).groups[0]?.rows ?? [];
    expect(row?.places[0]?.map(({ id }) => id)).toEqual(['2', '9', '10', '100']);
  });

  it('keeps placement groups apart: the domains of one say nothing of another', () => {
    const instances = ids(6).map((id) => anInstance(id, { placementGroup: Number(id) < 3 ? 'x' : 'y' }));
    const { groups } = heatMapOf(instances, powerLook);
    expect(groups.map(({ name }) => name)).toEqual(['Placement group 1', 'Placement group 2']);
    expect(groups.map(({ rows }) => rows.length)).toEqual([3, 3]);
  });

  it('keeps zones apart where each has update domains of its own', () => {
    const instances = ids(6).map((id) =>
      anInstance(id, { zone: String((Number(id) % 2) + 1), updateDomain: 0 }),
    );
    const { groups } = heatMapOf(instances, powerLook);
    expect(groups.map(({ name }) => name)).toEqual(['Zone 1', 'Zone 2']);
    expect(groups.map(({ rows }) => rows.map(({ name }) => name))).toEqual([['UD 0'], ['UD 0']]);
    const cells = groups[1]?.rows.flatMap(({ places }) => places.flat().map(({ id }) => id));
    expect(cells?.toSorted()).toEqual(['1', '3', '5']);
  });

  it('has a row per zone where there are no update domains', () => {
    const instances = ids(6).map((id) =>
      anInstance(id, { updateDomain: null, faultDomain: null, zone: String((Number(id) % 3) + 1) }),
    );
    const { groups } = heatMapOf(instances, powerLook);
    expect(groups[0]?.rows.map(({ name }) => name)).toEqual(['Zone 1', 'Zone 2', 'Zone 3']);
    expect(groups[0]?.columns).toEqual(['no fault domain']);
  });

  it('shows each of up to 1,000 instances once, wherever they are', () => {
    const place = fc.record({
      updateDomain: fc.option(fc.nat(19)),
      faultDomain: fc.option(fc.nat(4)),
      zone: fc.option(fc.constantFrom('1', '2', '3')),
      placementGroup: fc.option(fc.constantFrom('a', 'b', 'c')),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 1000 }), (places) => {
        const instances = places.map((one, index) => anInstance(String(index), one));
        const { groups, legend } = heatMapOf(instances, healthLook);
        const cells = groups.flatMap(({ rows }) => rows.flatMap((row) => row.places.flat()));
        expect(cells.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(
          ids(places.length).map(Number),
        );
        for (const { columns, rows } of groups)
          for (const row of rows) expect(row.places).toHaveLength(columns.length);
        expect(legend.reduce((sum, { count }) => sum + count, 0)).toBe(places.length);
      }),
      { numRuns: 30 },
    );
  });

  it('says in words what each cell shows', () => {
    const { groups } = heatMapOf([anInstance('7', { power: 'deallocated', zone: '2' })], powerLook);
    expect(groups[0]?.rows[0]?.places[0]?.[0]?.title).toBe(
      'Instance 7: deallocated, update domain 2, fault domain 2, zone 2',
    );
  });
});

describe('the colours', () => {
  it('tell states of power apart by a sign, too', () => {
    const powers = ['running', 'starting', 'stopping', 'stopped', 'deallocated', null];
    const looks = powers.map((power) => powerLook(anInstance('0', { power })));
    expect(looks.map(({ tone }) => tone)).toEqual(['ok', 'work', 'work', 'wait', 'off', 'wait']);
    expect(looks.every(({ sign }) => sign !== '')).toBe(true);
    expect(powerLook(anInstance('0', { provisioningState: 'Failed' })).tone).toBe('bad');
  });

  it('know no signal from an unknown one', () => {
    expect(healthLook(anInstance('0', { health: null })).label).toBe('no health signal');
    expect(healthLook(anInstance('0', { health: 'unknown' })).label).toBe('health unknown');
    expect(healthLook(anInstance('0', { health: 'unhealthy' })).tone).toBe('bad');
  });

  it('show who is behind the model', () => {
    expect(modelLook(anInstance('0', { latestModelApplied: false }))).toMatchObject({
      tone: 'wait',
      sign: '↓',
    });
  });

  it('give each exact image a letter, the commonest first', () => {
    const instances = ['2.0.0', '1.0.0', '1.0.0'].map((image, index) => anInstance(String(index), { image }));
    const lookOf = imageLooks(instances);
    expect(instances.map((instance) => lookOf(instance).sign)).toEqual(['B', 'A', 'A']);
    expect(instances.map((instance) => lookOf(instance).label)).toEqual(['2.0.0', '1.0.0', '1.0.0']);
  });

  it('show the step of a rollout, who is next, and who is no part of it', () => {
    const inSet = ids(4).map((id) => anInstance(id));
    const inRollout = [
      aRolledInstance('0', 0, 'succeeded'),
      aRolledInstance('1', 1),
      aRolledInstance('2', 2),
    ];
    const { legend } = mapBy('step', { inSet, inRollout, waitingBatch: 1 });
    expect(Object.fromEntries(legend.map(({ label, count }) => [label, count]))).toEqual({
      done: 1,
      next: 1,
      'still to come': 1,
      'not part of it': 1,
    });
  });

  it('say of nobody that they are still to come, once it is over', () => {
    const known = {
      inSet: [],
      inRollout: [aRolledInstance('0', 0)],
      waitingBatch: undefined,
      hasEnded: true,
    };
    expect(mapBy('step', known).legend[0]?.label).toBe('left as it was');
  });

  it('say during a rollback who is still to be put back, and who was never touched', () => {
    const inRollout = [
      { ...aRolledInstance('0', 0), image: { before: '1.0.0', now: '2.0.0' } },
      aRolledInstance('1', 1, 'rolledBack'),
      aRolledInstance('2', 2),
    ];
    const { legend } = mapBy('step', { ...nothing, inSet: [], inRollout, goesBack: true });
    expect(legend.map(({ label }) => label)).toEqual(['left as it was', 'rolled back', 'to be rolled back']);
  });

  it('show a rollout before Azure has said a word', () => {
    const inRollout = [aRolledInstance('0', 0, 'upgrading')];
    expect(mapBy('step', { ...nothing, inSet: [], inRollout }).count).toBe(1);
  });
});
