import { describe, expect, it } from 'vitest';
import { openGate } from '../../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../../src/activities/steps/plan-rollout.ts';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import { soakBatch } from '../../../src/activities/steps/soak-batch.ts';
import { upgradeBatch } from '../../../src/activities/steps/upgrade-batch.ts';
import { DESK_ROLLOUT, openDesk } from '../../lab/desk.ts';
import { meddle } from '../../lab/records.ts';
import { command } from '../support/interference.ts';
import { rowsOf } from '../support/seen.ts';
import { modelApplied } from '../support/writers.ts';

describe('a gate', () => {
  it('that was approved stays shut while the rollout is paused', async () => {
    const desk = await openDesk({ approvals: { before: 'batch' } });
    await desk.run(planRollout, 0, 'forward');
    await desk.run(openGate, 0, 'forward');
    await command(desk, 'approve');
    await command(desk, 'pause');
    expect(await desk.run(openGate, 0, 'forward')).toMatchObject({ kind: 'wait' });
    await command(desk, 'resume');
    expect(await desk.run(openGate, 0, 'forward')).toEqual({ kind: 'done' });
  });

  it('shuts behind its batch: what is to be sent again needs it open again', async () => {
    const desk = await modelApplied();
    await desk.until(upgradeBatch, 0, 'forward');
    await desk.until(settleBatch, 0, 'forward');
    expect(await desk.until(soakBatch, 0, 'forward')).toEqual({ kind: 'done' });
    const [row] = await rowsOf(desk);
    if (row === undefined) throw new Error('there is no row');
    const { operation: _key, ...again } = row;
    await meddle(desk.store, DESK_ROLLOUT, { rows: [{ ...again, state: 'pending' }] });
    const before = desk.writes();
    expect(await desk.run(upgradeBatch, 0, 'forward')).toEqual({ kind: 'again' });
    expect(desk.writes()).toBe(before);
  });
});
