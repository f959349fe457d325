import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affordable } from '../../../src/core/run/capacity.ts';
import type { Instance } from '../../../src/core/instance/instances.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { AFTER, anInstance, aSpec, BEFORE, MODEL, SICK } from '../fleet.ts';
import { labCipher } from '../../lab/cipher.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const runs = { seed, numRuns: 300 };

const share = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
);

const sizes = fc.oneof(
  fc.constantFrom({ batchBy: 'updateDomain' }, { batchBy: 'faultDomain' }, { batchBy: 'zone' }),
  fc.integer({ min: 1, max: 40 }).map((count) => ({ batchBy: 'count', steps: [count] })),
  fc.integer({ min: 1, max: 100 }).map((percent) => ({ batchBy: 'percent', steps: [`${percent}%`] })),
  fc.array(share, { minLength: 1, maxLength: 6 }).map((steps) => ({ batchBy: 'steps', steps })),
);

const strategies = fc
  .record({
    sizes,
    canary: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    maxUnavailable: fc.option(share, { nil: undefined }),
    order: fc.constantFrom('id', 'unhealthyFirst'),
  })
  .map(({ sizes: by, ...rest }) => ({ ...by, ...rest }));

const instance = (id: number): fc.Arbitrary<Instance> =>
  fc
    .record({
      zone: fc.constantFrom(undefined, '1', '2', '3'),
      placementGroup: fc.constantFrom('a', 'b'),
      updateDomain: fc.integer({ min: 0, max: 4 }),
      faultDomain: fc.integer({ min: 0, max: 4 }),
      isSick: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      isProtected: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    })
    .map(({ zone, isSick, ...shown }) =>
      anInstance(id, { ...shown, ...(zone !== undefined && { zone }), ...(isSick && SICK) }),
    );

/** Some of them do not serve. */
const mixedFleets = fc
  .integer({ min: 1, max: 40 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => instance(id))));

/** All of them serve: batches are made as if that were so, and who does not serve joins the first. */
const fleets = mixedFleets.map((instances) =>
  instances.map((one) => ({ ...one, health: { state: 'healthy' as const } })),
);

function planOf(instances: readonly Instance[], strategy: object): Plan | undefined {
  const spec = aSpec({ strategy, health: { fixForward: true } });
  const plan = makePlan({
    spec,
    model: MODEL,
    instances,
    versions: [AFTER, BEFORE],
    hashes: labCipher().hashes,
  });
  if (plan.kind === 'plan') return plan;
  // The only set that cannot be planned is one of which nobody may go down.
  expect(plan.code).toBe('floorImpossible');
  expect(instances).toHaveLength(1);
  return undefined;
}

/**
 * How many may be down, by the contract: so many or so much of the capacity, rounded down, at least 1; absent, the
 * larger of the largest update domain, of all placement groups together, and 20 %. One always stays, unless all may go.
 */
function mostDown(instances: readonly Instance[], maxUnavailable: number | string | undefined): number {
  const capacity = instances.length;
  if (maxUnavailable === '100%') return capacity;
  const domains = Map.groupBy(instances, (i) => `${i.zone}/${i.updateDomain}`);
  const asked =
    maxUnavailable === undefined
      ? Math.max(Math.floor(capacity / 5), ...[...domains.values()].map((domain) => domain.length))
      : typeof maxUnavailable === 'number'
        ? maxUnavailable
        : Math.max(1, Math.floor((capacity * Number.parseInt(maxUnavailable, 10)) / 100));
  return Math.min(asked, capacity - 1);
}

describe(`planning, seed ${seed}`, () => {
  it('allows as many to be down as the contract does, and no batch more, nor more than its own size', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const plan = planOf(instances, strategy);
        if (plan === undefined) return;
        const most = mostDown(instances, strategy.maxUnavailable);
        expect(plan.floor).toBe(instances.length - most);
        const targeted = plan.batches.flatMap((batch) => batch.instances).length;
        const [size] = 'steps' in strategy ? strategy.steps : [];
        const limits = {
          count: Number(size),
          percent: Math.ceil((targeted * Number.parseInt(String(size), 10)) / 100),
        };
        const own =
          strategy.batchBy === 'count' || strategy.batchBy === 'percent' ? limits[strategy.batchBy] : most;
        for (const { instances: ids, canary } of plan.batches) {
          expect(ids.length).toBeLessThanOrEqual(
            Math.min(most, canary ? (strategy.canary ?? 0) : Math.max(1, own)),
          );
        }
      }),
      runs,
    );
  });

  it('stops at each step of an escalating list', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        fc.pre(strategy.batchBy === 'steps' && strategy.canary === undefined);
        const plan = planOf(instances, strategy);
        if (plan === undefined || !('steps' in strategy)) return;
        const targeted = plan.batches.flatMap((batch) => batch.instances).length;
        let done = 0;
        const reached = plan.batches.map((batch) => (done += batch.instances.length));
        let before = 0;
        for (const step of strategy.steps as readonly (number | string)[]) {
          const upTo =
            typeof step === 'number' ? step : Math.ceil((targeted * Number.parseInt(step, 10)) / 100);
          if (upTo >= targeted) return;
          if (upTo > before) expect(reached).toContain(upTo);
          before = Math.max(before, upTo);
        }
      }),
      runs,
    );
  });

  it('puts every targeted instance into exactly one batch, and no other', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const plan = planOf(instances, strategy);
        const planned = plan?.batches.flatMap((batch) => batch.instances).sort();
        const targeted = instances.filter(({ isProtected }) => !isProtected).map((i) => i.instanceId);
        if (plan !== undefined) expect(planned).toEqual(targeted.sort());
      }),
      runs,
    );
  });

  it('makes no batch empty or larger than may be down, and numbers and names them', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const { batches = [], floor = 0 } = planOf(instances, strategy) ?? {};
        for (const batch of batches) {
          expect(batch.instances.length).toBeGreaterThan(0);
          expect(batch.instances.length).toBeLessThanOrEqual(instances.length - floor);
        }
        expect(batches.map(({ index }) => index)).toEqual(batches.map((_, index) => index));
        expect(new Set(batches.map(({ name }) => name)).size).toBe(batches.length);
      }),
      runs,
    );
  });

  it('keeps the floor while batch after batch goes down, as far as it stood', () => {
    fc.assert(
      fc.property(mixedFleets, strategies, (instances, strategy) => {
        const { batches = [], floor = 0 } = planOf(instances, strategy) ?? {};
        const serving = new Set(
          instances.filter(({ health }) => health?.state === 'healthy').map((i) => i.instanceId),
        );
        const least = Math.min(floor, serving.size);
        for (const { instances: ids } of batches) {
          const down = affordable(ids, { serving, floor });
          for (const id of down) serving.delete(id);
          expect(serving.size).toBeGreaterThanOrEqual(least);
          for (const id of down) serving.add(id);
        }
      }),
      runs,
    );
  });

  it('never mixes zones in a batch by domains', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        fc.pre(['updateDomain', 'faultDomain', 'zone'].includes(strategy.batchBy));
        const places = new Map(instances.map(({ instanceId, zone }) => [instanceId, `${zone}`]));
        for (const { instances: ids } of planOf(instances, strategy)?.batches ?? []) {
          expect(new Set(ids.map((id) => places.get(id))).size).toBe(1);
        }
      }),
      runs,
    );
  });

  it('puts exactly so many instances as asked for into the canary', () => {
    fc.assert(
      fc.property(fleets, strategies, (instances, strategy) => {
        const { batches = [] } = planOf(instances, strategy) ?? {};
        const targeted = batches.flatMap((batch) => batch.instances).length;
        const trial = batches.filter(({ canary }) => canary).flatMap((batch) => batch.instances);
        expect(trial).toHaveLength(Math.min(strategy.canary ?? 0, targeted));
        expect(batches.findLastIndex(({ canary }) => canary) + 1).toBe(
          batches.filter(({ canary }) => canary).length,
        );
      }),
      runs,
    );
  });

  it('is the same whatever the order in which the service lists the instances', () => {
    fc.assert(
      fc.property(
        fleets.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
        ),
        strategies,
        ([instances, shuffled], strategy) => {
          const plan = planOf(instances, strategy);
          const again = planOf(shuffled, strategy);
          expect(again?.batches).toEqual(plan?.batches);
          expect(again?.hash).toBe(plan?.hash);
        },
      ),
      runs,
    );
  });
});

const KINDS = [
  { batchBy: 'updateDomain' },
  { batchBy: 'faultDomain' },
  { batchBy: 'zone' },
  { batchBy: 'count', steps: [3] },
  { batchBy: 'percent', steps: ['25%'] },
  { batchBy: 'steps', steps: [1, '50%', '100%'] },
];

describe.each(KINDS)('by $batchBy, sets of 1 to 20 instances', (strategy) => {
  it('have the floor of the contract, and batches that keep it', () => {
    for (let count = 1; count <= 20; count += 1) {
      const instances = Array.from({ length: count }, (_, id) => anInstance(id));
      const plan = planOf(instances, strategy);
      // Five update domains: a fifth of them, rounded up, but one always stays. A single one is refused.
      const down = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4][count];
      expect(plan?.floor).toBe(count === 1 ? undefined : count - (down ?? 0));
      for (const { instances: ids } of plan?.batches ?? []) expect(ids.length).toBeLessThanOrEqual(down ?? 0);
      const all = planOf(instances, { ...strategy, maxUnavailable: '100%' });
      expect(all?.floor).toBe(0);
      expect(all?.batches.flatMap((batch) => batch.instances)).toHaveLength(count);
    }
  });
});

it('begins with all that do not serve, whatever else it plans', () => {
  fc.assert(
    fc.property(mixedFleets, strategies, (instances, strategy) => {
      const plan = planOf(instances, strategy);
      const [first, ...others] = plan?.batches ?? [];
      const unserving = plan?.unserving ?? [];
      expect(first?.instances ?? []).toEqual(expect.arrayContaining([...unserving]));
      for (const { instances: ids } of others) expect(ids.filter((id) => unserving.includes(id))).toEqual([]);
      const all = (plan?.batches ?? []).flatMap(({ instances: ids }) => ids);
      expect(new Set(all).size).toBe(all.length);
    }),
    runs,
  );
});
