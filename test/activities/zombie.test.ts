import { expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { applyModel } from '../../src/activities/steps/apply-model.ts';
import { openGate } from '../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../src/activities/steps/settle-batch.ts';
import { upgradeBatch } from '../../src/activities/steps/upgrade-batch.ts';
import { openDesk } from '../lab/desk.ts';
import type { Desk } from '../lab/desk.ts';
import { onceIntended } from './interference.ts';

async function readyToUpgrade(): Promise<Desk> {
  const desk = await openDesk();
  await desk.until(planRollout, 0, 'forward');
  await desk.until(openGate, 0, 'forward');
  await desk.until(applyModel, 0, 'forward');
  desk.pass(60);
  return desk;
}

it('undoes nothing of a run that took over while it stood still', async () => {
  const desk = await readyToUpgrade();
  const before = desk.writes();
  onceIntended(desk, async () => {
    desk.pass(120);
    expect(await desk.until(settleBatch, 0, 'forward')).toEqual({ kind: 'again' });
    expect(await desk.until(upgradeBatch, 0, 'forward')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before + 1);
  });
  await expect(desk.run(upgradeBatch, 0, 'forward')).rejects.toThrow(/somebody else/);
  for (let round = 0; round < 3; round += 1) {
    if ((await desk.until(settleBatch, 0, 'forward')).kind === 'done') break;
    await desk.until(upgradeBatch, 0, 'forward');
  }
  expect(acceptedUpgradesPerInstance(desk.sim.log)).toEqual({ '0': 1, '5': 1, '10': 1 });
});
