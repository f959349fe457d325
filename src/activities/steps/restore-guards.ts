import { defineStep } from '../define-step.ts';
import { keep } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { switchRepairs } from '../writes/repairs.ts';
import { policyToRestore, restoreHeldPolicy } from '../writes/restore-policy.ts';

/** Switches on again what this rollout holds, as far as that does no harm; what stays held is listed at its end. */
export const restoreGuards = defineStep({
  name: 'restoreGuards',
  async run(step) {
    const { repairsHeld, phase } = step.record;
    const isSuspended = repairsHeld !== undefined && repairsHeld !== 'refused';
    const policy = policyToRestore(step.record);
    if (policy === undefined && !isSuspended) return { kind: 'done' };
    if (step.standing.paused) return waitWhilePaused(step);
    const held = await waitOutHold(step, { name: 'write', phase });
    if (held !== undefined) return held;
    if (isSuspended) {
      const answer = await switchRepairs(step, { action: 'Resume' });
      return answer.kind === 'done' && policy !== undefined ? { kind: 'again' } : answer;
    }
    if (policy === undefined) return { kind: 'done' };
    const tried = await restoreHeldPolicy(step, policy, { mayBegin: true });
    if (tried.kind === 'leave') return tried.answer;
    if (tried.kind === 'staysHeld') await keep(step);
    return { kind: 'done' };
  },
});
