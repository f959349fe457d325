import { describe, expect, it } from 'vitest';
import { closeRollout } from '../../../src/activities/steps/close-rollout.ts';
import { DESK_ROLLOUT } from '../../lab/desk.ts';
import { meddle } from '../../lab/records.ts';
import { rowsOf } from '../support/seen.ts';
import { modelApplied } from '../support/writers.ts';

describe('no end without a last look', () => {
  it('at those that were done before', async () => {
    const desk = await modelApplied();
    const rows = (await rowsOf(desk)).map((row) => ({ ...row, state: 'done' as const, actions: [] }));
    await meddle(desk.store, DESK_ROLLOUT, { rows });
    desk.sim.inject({ kind: 'foreignCapacity', atSeconds: 0, change: -1 });
    desk.pass(300);
    await desk.until(closeRollout, 0, 'forward');
    const states = (await rowsOf(desk)).map(({ instanceId, state }) => [instanceId, state]);
    expect(states).toContainEqual(['14', 'gone']);
  });
});
