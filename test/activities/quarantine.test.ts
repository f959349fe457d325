import { describe, expect, it } from 'vitest';
import { applyModel } from '../../src/activities/steps/apply-model.ts';
import { openGate } from '../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../src/activities/steps/settle-batch.ts';
import { upgradeBatch } from '../../src/activities/steps/upgrade-batch.ts';
import { DESK_ROLLOUT, openDesk } from '../lab/desk.ts';
import type { Desk } from '../lab/desk.ts';
import { writes } from '../lab/judge.ts';
import { NEW } from '../lab/lab.ts';
import { append } from '../lab/records.ts';
import { changeRecord, loseLease, onceIntended, recordOf } from './interference.ts';

/** Instance 0 has failed, the rollout is paused, and somebody has asked to quarantine it. */
async function askedFor(): Promise<Desk> {
  const desk = await openDesk({ onFailure: 'pause' });
  desk.sim.inject({ kind: 'badImage', version: NEW, instances: ['0'] });
  await desk.until(planRollout, 0, 'forward');
  await desk.until(openGate, 0, 'forward');
  await desk.until(applyModel, 0, 'forward');
  desk.pass(60);
  await desk.until(upgradeBatch, 0, 'forward');
  for (let round = 0; round < 200 && !(await isPaused(desk)); round += 1) {
    await desk.run(settleBatch, 0, 'forward');
    desk.pass(30);
  }
  const command = { command: 'quarantine', by: 'grace', at: now(desk), instances: ['0'] } as const;
  await append(desk.store, DESK_ROLLOUT, command);
  return desk;
}

function now(desk: Desk): string {
  return new Date(desk.ports.clock.now()).toISOString();
}

async function isPaused(desk: Desk): Promise<boolean> {
  return (await recordOf(desk)).failedAfterCommand !== undefined;
}

function protections(desk: Desk): number {
  return writes(desk.sim.log).filter(({ operation }) => operation === 'putInstance').length;
}

describe('the protection of a quarantined instance', () => {
  it('is written although the rollout is paused', async () => {
    const desk = await askedFor();
    await desk.run(settleBatch, 0, 'forward');
    expect(protections(desk)).toBe(1);
  });

  it('is written once when the step is delivered twice, at once and again', async () => {
    const desk = await askedFor();
    const twice = () =>
      Promise.allSettled([desk.run(settleBatch, 0, 'forward'), desk.run(settleBatch, 0, 'forward')]);
    await twice();
    await twice();
    desk.pass(20);
    await twice();
    expect(protections(desk)).toBe(1);
  });

  it('is not written when the lease is lost before, or in the last moment', async () => {
    const before = await askedFor();
    await loseLease(before);
    expect(await before.run(settleBatch, 0, 'forward')).toEqual({ kind: 'turned', course: 'stop' });
    expect(protections(before)).toBe(0);
    const late = await askedFor();
    onceIntended(late, () => loseLease(late));
    await late.run(settleBatch, 0, 'forward');
    expect(protections(late)).toBe(0);
  });

  it('is not written by a run that another one has overtaken', async () => {
    const desk = await askedFor();
    onceIntended(desk, () => changeRecord(desk, {}));
    await expect(desk.run(settleBatch, 0, 'forward')).rejects.toThrow(/somebody else/);
    expect(protections(desk)).toBe(0);
  });
});
