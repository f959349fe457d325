import { expect, it } from 'vitest';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { reads } from '../support/seen.ts';
import { modelApplied } from '../support/writers.ts';

it('a step reads nothing again before the time that Azure asked to wait for', async () => {
  const desk = await modelApplied();
  desk.sim.inject({ kind: 'throttle', operation: 'getScaleSet', retryAfterSeconds: 200 });
  await desk.run(upgradeBatch, 0, 'forward');
  const before = reads(desk, 'getScaleSet');
  desk.pass(199);
  await desk.run(upgradeBatch, 0, 'forward');
  expect(reads(desk, 'getScaleSet')).toBe(before);
  desk.pass(1);
  await desk.run(upgradeBatch, 0, 'forward');
  expect(reads(desk, 'getScaleSet')).toBe(before + 1);
});
