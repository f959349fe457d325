import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceAction } from '../../../src/core/actions/table.ts';
import { asFound } from '../../../src/core/run/as-found.ts';
import { affordable, floorFor } from '../../../src/core/run/capacity.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { coldLast } from '../../../src/core/record/ledger.ts';
import { rowsToRollBack } from '../../../src/core/record/rows-to-roll-back.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { rowOf } from '../../../src/core/record/off-rows.ts';
import { after, aRow, anInstance as oneOf } from '../../lab/builders.ts';
import { AFTER, anInstance, aSpec, BEFORE, MODEL } from '../fleet.ts';
import { labCipher } from '../../lab/cipher.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const runs = { seed, numRuns: 300 };

const powers = fc.constantFrom('running', 'running', 'running', 'deallocated', 'stopped');
const policies = fc.constantFrom('upgradeCold', 'startFirst');

const fleets = fc.integer({ min: 2, max: 40 }).chain((count) =>
  fc
    .array(fc.record({ power: powers, zone: fc.constantFrom('1', '2') }), {
      minLength: count,
      maxLength: count,
    })
    .map((all) =>
      all.map(({ power, zone }, id) => {
        const { health: _health, agent: _agent, ...off } = anInstance(id, { power, zone });
        return power === 'running' ? anInstance(id, { zone }) : off;
      }),
    ),
);

const strategies = fc
  .record({
    sizes: fc.constantFrom(
      { batchBy: 'updateDomain' },
      { batchBy: 'zone' },
      { batchBy: 'count', steps: [3] },
      { batchBy: 'percent', steps: ['30%'] },
      { batchBy: 'steps', steps: [1, '40%', '100%'] },
    ),
    canary: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    maxUnavailable: fc.option(fc.constantFrom(1, 3, '30%', '100%'), { nil: undefined }),
  })
  .map(({ sizes, ...rest }) => ({ ...sizes, ...rest }));

function isOff({ power }: Pick<Instance, 'power'>): boolean {
  return power !== 'running';
}

/** Nothing where the floor leaves no room, which is said before anything is done. */
function planOf(instances: readonly Instance[], strategy: object, deallocated: string): Plan | undefined {
  const spec = aSpec({ strategy, targets: { deallocated }, health: { fixForward: true } });
  const plan = makePlan({
    spec,
    model: MODEL,
    instances,
    versions: [AFTER, BEFORE],
    hashes: labCipher().hashes,
  });
  if (plan.kind === 'plan') return plan;
  expect(plan.code).toBe('tooManyUnhealthy');
  return undefined;
}

describe(`plans with instances that are off, seed ${seed}`, () => {
  it('put every instance into exactly one batch, those that stay off into the last and into no canary', () => {
    fc.assert(
      fc.property(fleets, strategies, policies, (instances, strategy, policy) => {
        const plan = planOf(instances, strategy, policy);
        if (plan === undefined) return;
        const ids = plan.batches.flatMap((batch) => batch.instances);
        expect(ids.toSorted()).toEqual(instances.map(({ instanceId }) => instanceId).toSorted());
        const off = new Set(instances.filter(isOff).map(({ instanceId }) => instanceId));
        const batchesOfOff = plan.batches.filter((batch) => batch.instances.some((id) => off.has(id)));
        if (policy === 'upgradeCold' && off.size > 0) {
          expect(batchesOfOff).toEqual([plan.batches.at(-1)]);
          expect(batchesOfOff[0]?.instances.every((id) => off.has(id))).toBe(true);
          expect(batchesOfOff[0]?.canary).toBeUndefined();
        }
        for (const { instances: members } of plan.batches) {
          const warm = members.filter((id) => policy === 'startFirst' || !off.has(id));
          expect(warm.length).toBeLessThanOrEqual(instances.length - plan.floor);
        }
      }),
      runs,
    );
  });

  it('start instances before any that serves goes down, but in a canary', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const { batches = [] } = planOf(instances, strategy, 'startFirst') ?? {};
        const off = new Set(instances.filter(isOff).map(({ instanceId }) => instanceId));
        const order = batches.filter(({ canary }) => canary !== true);
        const lastStarted = order.findLastIndex((batch) => batch.instances.some((id) => off.has(id)));
        for (const { instances: members } of order.slice(0, lastStarted + 1)) {
          expect(members.every((id) => off.has(id))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('always leave the next instance room, and never go below the floor as far as it stood', () => {
    fc.assert(
      fc.property(fleets, strategies, policies, (instances, strategy, policy) => {
        const { batches = [], floor = 0 } = planOf(instances, strategy, policy) ?? {};
        const off = new Set(instances.filter(isOff).map(({ instanceId }) => instanceId));
        const serving = new Set(instances.filter((i) => !isOff(i)).map(({ instanceId }) => instanceId));
        const least = Math.min(floor, serving.size);
        for (const { instances: members } of batches) {
          let left = [...members];
          while (left.length > 0) {
            const down = affordable(left, { serving, floor });
            expect(down).not.toEqual([]);
            for (const id of down) serving.delete(id);
            expect(serving.size).toBeGreaterThanOrEqual(least);
            for (const id of down) if (policy === 'startFirst' || !off.has(id)) serving.add(id);
            left = left.filter((id) => !down.includes(id));
          }
        }
      }),
      runs,
    );
  });

  it('always leave room for the way back, whoever is to be off again last', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const { batches = [], floor = 0 } = planOf(instances, strategy, 'startFirst') ?? {};
        const serving = new Set(instances.map(({ instanceId }) => instanceId));
        const rows = instances.map((one) =>
          aRow(one.instanceId, isOff(one) ? { found: 'deallocated', isCold: true } : {}),
        );
        const capacity = instances.length;
        for (const { instances: members } of batches.toReversed()) {
          for (let left = rows.filter(({ instanceId }) => members.includes(instanceId)); left.length > 0;) {
            const turn = coldLast(left);
            const ids = turn.map(({ instanceId }) => instanceId);
            const down = affordable(ids, { serving, floor: floorFor(turn, { floor, capacity, rows }) });
            expect(down).not.toEqual([]);
            for (const row of turn)
              if (row.isCold && down.includes(row.instanceId)) serving.delete(row.instanceId);
            left = left.filter(({ instanceId }) => !down.includes(instanceId));
          }
        }
      }),
      runs,
    );
  });

  it('have a hash that tells the policies apart, and is the same for the same', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        fc.pre(instances.some(isOff));
        const cold = planOf(instances, strategy, 'upgradeCold');
        const started = planOf(instances, strategy, 'startFirst');
        fc.pre(cold !== undefined && started !== undefined);
        expect(cold?.hash).not.toBe(started?.hash);
        expect(planOf(instances.toReversed(), strategy, 'upgradeCold')?.hash).toBe(cold?.hash);
      }),
      runs,
    );
  });
});

const ways = fc.constantFrom<readonly InstanceAction[]>(
  ['upgrade'],
  ['upgrade', 'reimage'],
  ['deallocate', 'upgrade', 'start'],
  ['reimage'],
);

/** What actions make of a power state; hardware is changed only while an instance holds none. */
function carriedOut(power: string, actions: readonly InstanceAction[], moves: boolean): string {
  return actions.reduce((now, action) => {
    if (action === 'upgrade' && moves) expect(now).toBe('deallocated');
    if (action === 'start') return 'running';
    if (action === 'deallocate') return 'deallocated';
    return action === 'powerOff' && now === 'running' ? 'stopped' : now;
  }, power);
}

describe(`an instance that is off, seed ${seed}`, () => {
  it('ends as the policy says, and off again after a turn back, wherever that comes', () => {
    fc.assert(
      fc.property(
        ways,
        fc.constantFrom('deallocated', 'stopped'),
        fc.constantFrom('cold', 'started'),
        fc.nat(4),
        (actions, power, as, at) => {
          const moves = actions.includes('deallocate');
          const row = aRow('3', rowOf(actions, { power, as }));
          const end = carriedOut(power, row.actions, moves);
          expect(end === 'running').toBe(as === 'started');
          const step = Math.min(at, row.actions.length);
          const stopped = carriedOut(power, row.actions.slice(0, step), moves);
          const [back] = rowsToRollBack([{ ...row, actionsDone: step, touched: true }], {
            now: after(9),
            everyone: false,
          });
          if (back === undefined) throw new Error('the row is gone');
          const found = asFound(back, oneOf('3', { power: stopped }), { policy: 'skip' });
          expect(found).toMatchObject({ direction: 'rollback', state: 'pending', isCold: true });
          const left = carriedOut(stopped, found.actions, moves);
          expect(left).toBe(moves ? 'deallocated' : power === 'stopped' && left === 'stopped' ? power : left);
          expect(left).not.toBe('running');
          if (!moves) expect(left).toBe(power);
        },
      ),
      runs,
    );
  });

  it('takes no more room for going off again than the set had without it', () => {
    const rows = ['0', '1', '2'].map((id) =>
      aRow(id, rowOf(['upgrade'], { power: 'deallocated', as: 'offAgain' })),
    );
    expect(floorFor(rows, { floor: 4, capacity: 5, rows })).toBe(2);
    expect(floorFor([...rows, aRow('4')], { floor: 4, capacity: 5, rows })).toBe(4);
    expect(floorFor(rows, { floor: 1, capacity: 5, rows })).toBe(1);
  });
});
