import { expect } from 'vitest';
import {
  acceptedUpgradesPerInstance,
  imagesNow,
  overlappingWrites,
} from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { campaignEnd, campaignOf, idsOf, setsNamed, stageOf, startCampaign } from './campaigns.ts';
import { NEW, startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/** Six sets of five in two stages. */
export const SIX = setsNamed('web', 6, 5);
const STAGES = [
  stageOf('first', idsOf(SIX.slice(0, 2))),
  stageOf('rest', idsOf(SIX.slice(2)), { concurrency: 4 }),
];

/** Calls that change the store. */
const WRITES = /^(?:insert|replace|commit|putAll|remove)/;

/** The numbers of the calls at which one undisturbed campaign writes. */
export async function commitsOfCampaign(): Promise<readonly number[]> {
  await using lab = await startLab({ scaleSets: SIX });
  const id = await startCampaign(lab, STAGES);
  const from = lab.store.calls.length;
  await campaignEnd(lab, id);
  return lab.store.calls.flatMap((call, index) => (index >= from && WRITES.test(call) ? [index + 1] : []));
}

/** The process dies at this call to the store, and a new one goes on when its work is delivered again. */
export async function dieAt(lab: Lab, call: number, when: 'before' | 'after'): Promise<void> {
  lab.store.fail({ call, when, forGood: true });
  await lab.host.runUntil(() => lab.store.calls.length >= call, { maxVirtualMs: 86_400_000 });
  lab.host.restart();
  lab.store.heal();
}

/** As `campaignEnd`, with the timer that looks after what was lost: once in ten minutes. */
export async function endWithTimer(lab: Lab, id: string): Promise<Body> {
  for (let tries = 0; tries < 200; tries += 1) {
    await lab.host.advance(600_000);
    await lab.host.fireTimer('reviveRollouts');
    const { phase } = await campaignOf(lab, id);
    if (!['accepted', 'planning', 'running', 'waiting', 'soaking', 'paused', 'rollingBack'].includes(phase))
      break;
  }
  return campaignOf(lab, id);
}

/** Every set is on the new image, by one rollout of it, and none was ever below its floor. */
export function expectRight(
  lab: Lab,
  sets: readonly { readonly name: string; readonly count: number }[],
): void {
  for (const { name, count } of sets) {
    expect({ name, images: [...new Set(Object.values(imagesNow(lab.log, name)))] }).toEqual({
      name,
      images: [NEW],
    });
    expect({ name, below: belowFloor(lab.log, count - 1, name) }).toEqual({ name, below: [] });
    expect(overlappingWrites(lab.log, name)).toEqual([]);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log, name)))).toBe(1);
  }
  expect(lab.host.diagnostics).toEqual([]);
}

/** One campaign whose process dies at one call. */
export async function campaignDies(call: number, when: 'before' | 'after'): Promise<void> {
  await using lab = await startLab({ scaleSets: SIX });
  const id = await startCampaign(lab, STAGES);
  await dieAt(lab, call, when);
  const { phase, scaleSets } = await endWithTimer(lab, id);
  expect({ call, when, phase, scaleSets }).toMatchObject({
    phase: 'succeeded',
    scaleSets: { total: 6, succeeded: 6 },
  });
  expectRight(lab, SIX);
  // No set was given a second rollout.
  expect((await lab.call('GET', '/rollouts?top=100')).body.value).toHaveLength(6);
}
