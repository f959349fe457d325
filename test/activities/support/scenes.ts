import { expect } from 'vitest';
import { applyModel } from '../../../src/activities/steps/apply-model.ts';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { soakBatch } from '../../../src/activities/steps/soak-batch.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { DESK_ROLLOUT, openDesk } from '../../lab/desk.ts';
import type { Desk } from '../../lab/desk.ts';
import { NEW } from '../../lab/names.ts';
import { append } from '../../lab/records.ts';
import { recordOf } from './interference.ts';

/** A set whose automatic repairs are on. */
export const REPAIRING = {
  properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT10M' } },
};

/** A rollout just before it gives back the policy that it has held. */
export async function allUpgraded(batches = [0, 1, 2, 3, 4]): Promise<Desk> {
  const desk = await openDesk({}, { upgradePolicy: { mode: 'Automatic' } });
  await desk.run(planRollout, 0, 'forward');
  for (const batch of batches) {
    for (const step of [openGate, applyModel, upgradeBatch, settleBatch, soakBatch])
      expect(await desk.until(step, batch, 'forward')).toEqual({ kind: 'done' });
  }
  desk.pass(60);
  return desk;
}

/** Instance 0 has failed, the rollout is paused, and somebody has asked to quarantine it. */
export async function askedForQuarantine(): Promise<Desk> {
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
  const at = new Date(desk.ports.clock.now()).toISOString();
  await append(desk.store, DESK_ROLLOUT, { command: 'quarantine', by: 'grace', at, instances: ['0'] });
  return desk;
}

async function isPaused(desk: Desk): Promise<boolean> {
  return (await recordOf(desk)).failedAfterCommand !== undefined;
}
