import { array, assert, asyncProperty, integer, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestServing, servingTimeline } from '../../local/simulator/log/serving.ts';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { imagePatch, NEW, operationUrl, startLab, type Lab } from './lab.ts';

const FAULTS: FaultInput[] = [
  { kind: 'flappingHealth', instances: ['3'], fromSeconds: 20, untilSeconds: 300 },
  { kind: 'operationPreempted', nth: 2, afterSeconds: 9 },
];

async function story(seed: number, stepSeconds: number): Promise<Lab> {
  const lab = startLab({
    seed,
    count: 12,
    faults: FAULTS,
    profile: { viewLagSeconds: [2, 8], throttling: true },
  });
  await lab.moveModel();
  for (const ids of [['0', '5'], ['1', '6'], ['2']]) {
    const url = operationUrl(await lab.upgrade(...ids));
    for (let passed = 0; passed < 240; passed += stepSeconds) {
      lab.pass(stepSeconds);
      if (passed % 60 === 0) await lab.call('GET', url);
    }
  }
  return lab;
}

describe('the same seed and clock', () => {
  it('give the identical log', async () => {
    const [one, two] = [await story(7, 10), await story(7, 10)];
    expect(one.sim.log).toEqual(two.sim.log);
    expect(one.sim.log.length).toBeGreaterThan(80);
  });

  it('give another log with another seed', async () => {
    const [one, two] = [await story(7, 10), await story(8, 10)];
    expect(servingTimeline(one.sim.log)).not.toEqual(servingTimeline(two.sim.log));
  });

  it('let the same things happen however often somebody looks', async () => {
    const [often, seldom] = [await story(7, 1), await story(7, 60)];
    expect(servingTimeline(often.sim.log)).toEqual(servingTimeline(seldom.sim.log));
  });
});

describe('a rolling upgrade with repairs and evictions', () => {
  async function rollingStory(stepSeconds: number): Promise<Lab> {
    const lab = startLab({
      seed: 11,
      count: 10,
      upgradePolicy: { mode: 'Rolling' },
      properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' }, overprovision: true },
      profile: { viewLagSeconds: [2, 8] },
      faults: [
        { kind: 'sickInstance', instances: ['7'], fromSeconds: 100 },
        { kind: 'eviction', instances: ['2'], policy: 'Delete', atSeconds: 4000 },
        { kind: 'autoscale', change: 3, atSeconds: 5000 },
      ],
    });
    await lab.patch(imagePatch({ version: NEW }));
    for (let passed = 0; passed < 10_000; passed += stepSeconds) {
      lab.pass(stepSeconds);
      lab.sim.advance();
    }
    return lab;
  }

  it('gives the identical log, and however often somebody looks the same things happen', async () => {
    const [one, two, seldom] = [await rollingStory(20), await rollingStory(20), await rollingStory(1000)];
    expect(one.sim.log).toEqual(two.sim.log);
    expect(servingTimeline(one.sim.log)).toEqual(servingTimeline(seldom.sim.log));
    expect(one.sim.log.length).toBeGreaterThan(200);
  });
});

describe('any batch of any set', () => {
  it('takes down exactly what it names, and ends with everything serving on the new image', async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 20 }),
        integer({ min: 0, max: 1000 }),
        array(nat(), { minLength: 1, maxLength: 8 }),
        async (count, seed, picks) => {
          const lab = startLab({ count, seed, profile: { viewLagSeconds: [2, 8] } });
          const ids = [...new Set(picks.map((pick) => String(pick % count)))];
          await lab.moveModel();
          await lab.upgrade(...ids);
          lab.pass(1500);
          expect(fewestServing(lab.sim.log)).toBe(count - ids.length);
          expect(lab.serving()).toBe(count);
          const moved = lab.sim.scaleSet('web')?.instances.filter((instance) => instance.latestModelApplied);
          expect(moved?.map((instance) => instance.instanceId)).toEqual(
            ids.sort((a, b) => Number(a) - Number(b)),
          );
        },
      ),
      { numRuns: 40, seed: 1 },
    );
  });
});
