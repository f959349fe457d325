import { expect, it } from 'vitest';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { atCommit } from '../../lab/records.ts';
import { changeRecord, recordOf } from '../support/interference.ts';
import { modelApplied } from '../support/writers.ts';

it('writes over no record that somebody else has moved', async () => {
  const desk = await modelApplied();
  const free = atCommit(desk.store, async (change, commit) => {
    free();
    await changeRecord(desk, { seenCommand: 77 });
    return commit(change);
  });
  await expect(desk.run(upgradeBatch, 0, 'forward')).rejects.toThrow('has moved');
  expect((await recordOf(desk)).seenCommand).toBe(77);
});
