import { readPlan } from '../../store/plans.ts';
import { begin } from '../begin.ts';
import { defineStep } from '../frame/define.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { switchRepairs } from '../writes/repairs.ts';

/** Suspends automatic repairs before the first write: Azure would replace instances that an upgrade takes down. */
export const holdGuards = defineStep({
  name: 'holdGuards',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.repairsHeld === 'held' || record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(ports.store, record.id);
    // fence V7: repairs are suspended before the first write
    if (kept?.plan.guards.repairs !== true) return { kind: 'done' };
    if (record.opened !== input.batch) return { kind: 'again' };
    if (brief.standing.paused) return waitWhilePaused(brief);
    const held = await waitOutHold(brief, { name: 'write', phase: record.phase });
    return held ?? switchRepairs(brief, ports, { input, action: 'Suspend' });
  },
});
