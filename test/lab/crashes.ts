import { expect } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { expectImages, expectSafe } from './judge.ts';
import { NEW, OLD, startLab } from './lab.ts';
import type { Lab, LabOptions } from './lab.ts';

/** How often something goes wrong. */
const SHARE = 0.25;

/** A small generator of chances that repeats itself for a seed. */
function chances(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** The host dies before an activity, after one, or before a turn is kept; or an activity is delivered twice. */
function crashes(seed: number): {
  readonly hooks: NonNullable<LabOptions['hooks']>;
  readonly struck: () => number;
} {
  const chance = chances(seed);
  let struck = 0;
  const strikes = (): boolean => {
    const isStruck = chance() < SHARE;
    struck += Number(isStruck);
    return isStruck;
  };
  return {
    hooks: {
      beforeActivity: () => (strikes() ? 'crash' : undefined),
      afterActivityBeforeCommit: () => (strikes() ? (chance() < 0.3 ? 'duplicate' : 'crash') : undefined),
      beforeTurnCommit: () => (strikes() ? 'crash' : undefined),
    },
    struck: () => struck,
  };
}

function expectAllOnce(lab: Lab): void {
  expectImages(lab, NEW);
  expectSafe(lab);
  expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
}

/** Rolls out while the host dies again and again; nobody is taken down twice. */
export async function rollsForward(seed: number): Promise<void> {
  const { hooks, struck } = crashes(seed);
  await using lab = await startLab({ seed, hooks });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  expect(struck()).toBeGreaterThan(10);
  expectAllOnce(lab);
}

/** The same, sliding. */
export async function slides(seed: number): Promise<void> {
  const { hooks, struck } = crashes(seed + 200);
  await using lab = await startLab({ seed, hooks });
  expect((await lab.rollOut({ strategy: { pacing: 'sliding', canary: 1 } })).phase).toBe('succeeded');
  expect(struck()).toBeGreaterThan(10);
  expectAllOnce(lab);
}

/** The same, and back from a bad image. */
export async function rollsBack(seed: number): Promise<void> {
  const faults = [{ kind: 'badImage' as const, version: NEW, updateDomains: [1] }];
  await using lab = await startLab({ seed, faults, hooks: crashes(seed + 100).hooks });
  expect((await lab.rollOut()).phase).toBe('rolledBack');
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
}
