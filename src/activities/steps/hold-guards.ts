import { readPlan } from '../../store/plans.ts';
import { defineStep } from '../define-step.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { switchRepairs } from '../writes/repairs.ts';

/** Suspends automatic repairs before the first write: Azure would replace instances that an upgrade takes down. */
export const holdGuards = defineStep({
  name: 'holdGuards',
  async run(step) {
    const { record } = step;
    if (record.repairsHeld === 'held' || record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(step.store, record.id);
    // fence V7: repairs are suspended before the first write
    if (kept?.plan.guards.repairs !== true) return { kind: 'done' };
    if (record.openBatch !== step.batch) return { kind: 'again' };
    if (step.standing.paused) return waitWhilePaused(step);
    const held = await waitOutHold(step, { name: 'write', phase: record.phase });
    return held ?? switchRepairs(step, { action: 'Suspend' });
  },
});
