import { expect, it } from 'vitest';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { reads } from '../support/seen.ts';
import { modelApplied } from '../support/writers.ts';

it('an operation is not polled before the time that Azure named', async () => {
  const desk = await modelApplied();
  await desk.run(upgradeBatch, 0, 'forward');
  const before = reads(desk, 'poll');
  await desk.run(settleBatch, 0, 'forward');
  await desk.run(settleBatch, 0, 'forward');
  expect(reads(desk, 'poll')).toBe(before);
  desk.pass(120);
  await desk.run(settleBatch, 0, 'forward');
  expect(reads(desk, 'poll')).toBe(before + 1);
});
