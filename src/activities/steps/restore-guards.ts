import { defineStep } from '../define-step.ts';
import { keep } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { switchRepairs } from '../writes/repairs.ts';
import { owesOsUpgrades, restoreHeldOsUpgrades } from '../writes/restore-os-upgrades.ts';
import { policyToRestore, restoreHeldPolicy } from '../writes/restore-policy.ts';

/** Restores the guards that this rollout holds, as far as that does no harm; those that stay held are listed at its end. */
export const restoreGuards = defineStep({
  name: 'restoreGuards',
  async run(step) {
    const { repairsHeld, phase } = step.record;
    const isSuspended = repairsHeld !== undefined && repairsHeld !== 'refused';
    const policy = policyToRestore(step.record);
    const owesOs = owesOsUpgrades(step.record);
    if (policy === undefined && !isSuspended && !owesOs) return { kind: 'done' };
    if (step.standing.paused) return waitWhilePaused(step);
    const held = await waitOutHold(step, { name: 'write', phase });
    if (held !== undefined) return held;
    if (isSuspended) {
      const answer = await switchRepairs(step, { action: 'Resume' });
      return answer.kind === 'done' && (policy !== undefined || owesOs) ? { kind: 'again' } : answer;
    }
    if (owesOs) {
      const tried = await restoreHeldOsUpgrades(step, { mayBegin: true });
      if (tried.kind === 'leave') return tried.answer;
      if (tried.kind === 'restored' && policy !== undefined) return { kind: 'again' };
    }
    if (policy === undefined) return { kind: 'done' };
    const tried = await restoreHeldPolicy(step, policy, { mayBegin: true });
    if (tried.kind === 'leave') return tried.answer;
    if (tried.kind === 'staysHeld') await keep(step);
    return { kind: 'done' };
  },
});
