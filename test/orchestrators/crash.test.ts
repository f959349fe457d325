import { describe, expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { dieAtCalls, SWEEPS } from '../lab/sweep.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { LabOptions } from '../lab/lab.ts';

/** A small generator of chances that repeats itself for a seed. */
function chances(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

let struck = 0;

/** The host dies before an activity, after one, or before a turn is kept; or an activity is delivered twice. */
function crashes(seed: number, share: number): LabOptions['hooks'] {
  const chance = chances(seed);
  const strikes = (): boolean => {
    const isStruck = chance() < share;
    struck += Number(isStruck);
    return isStruck;
  };
  return {
    beforeActivity: () => (strikes() ? 'crash' : undefined),
    afterActivityBeforeCommit: () => (strikes() ? (chance() < 0.3 ? 'duplicate' : 'crash') : undefined),
    beforeTurnCommit: () => (strikes() ? 'crash' : undefined),
  };
}

describe.each([1, 2, 3, 4, 5, 6])('with crashes everywhere, seed %i', (seed) => {
  // Feature [Guards] Crashes at any step take nobody down twice (Guards)
  //   shown by: with crashes everywhere, seed 1 > brings every instance to the new image, once
  it('brings every instance to the new image, once', async () => {
    struck = 0;
    await using lab = await startLab({ seed, hooks: crashes(seed, 0.25) });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expect(struck).toBeGreaterThan(20);
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
  });

  it('slides, and still takes nobody down twice', async () => {
    struck = 0;
    await using lab = await startLab({ seed, hooks: crashes(seed + 200, 0.25) });
    expect((await lab.rollOut({ strategy: { pacing: 'sliding', canary: 1 } })).phase).toBe('succeeded');
    expect(struck).toBeGreaterThan(20);
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
  });

  it('rolls back', async () => {
    const faults = [{ kind: 'badImage' as const, version: NEW, updateDomains: [1] }];
    await using lab = await startLab({ seed, faults, hooks: crashes(seed + 100, 0.25) });
    expect((await lab.rollOut()).phase).toBe('rolledBack');
    expectImages(lab, OLD);
    expectSafe(lab, { mostDisruptions: 2 });
  });
});

it('goes on when the host is started anew at every twentieth step', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  let steps = 0;
  await lab.until(id, (rollout) => {
    steps += 1;
    if (steps % 20 === 0) lab.host.restart();
    return rollout.phase === 'succeeded';
  });
  expectImages(lab, NEW);
  expectSafe(lab);
});

it.each(SWEEPS)('loses nothing when the process dies at some store call, $name', async (sweep) => {
  await dieAtCalls(sweep, { from: 20, step: sweep.steps.fast });
});
