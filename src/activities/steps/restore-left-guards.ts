import { failures } from '../../core/messages/failures.ts';
import { warnings } from '../../core/messages/warnings.ts';
import type { GuardName } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { heldBy } from '../../core/run/left.ts';
import { defineStep } from '../define-step.ts';
import { keep } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { switchRepairs } from '../writes/repairs.ts';
import { owesOsUpgrades, restoreHeldOsUpgrades } from '../writes/restore-os-upgrades.ts';
import { policyToRestore, restoreHeldPolicy } from '../writes/restore-policy.ts';

/**
 * Restores what an ended rollout left held. It was asked for nothing else, so it halts if it may not do that. If somebody
 * stops it, nothing more is restored; a write that was started is followed to its end.
 */
export const restoreLeftGuards = defineStep({
  name: 'restoreLeftGuards',
  async run(step) {
    const { repairsHeld, phase } = step.record;
    const isStopped = step.direction !== 'forward';
    const isSuspended = repairsHeld !== undefined && repairsHeld !== 'refused' && !isStopped;
    const policy = policyToRestore(step.record);
    const owesOs = owesOsUpgrades(step.record);
    if (policy === undefined && !isSuspended && !owesOs) return endOf(step);
    if (step.standing.paused) return waitWhilePaused(step);
    const held = await waitOutHold(step, { name: 'write', phase });
    if (held !== undefined) return held;
    if (isSuspended) {
      const answer = await switchRepairs(step, { action: 'Resume' });
      return answer.kind === 'done' ? { kind: 'again' } : answer;
    }
    if (owesOs) {
      const tried = await restoreHeldOsUpgrades(step, { mayBegin: !isStopped });
      if (tried.kind === 'leave') return tried.answer;
      if (tried.kind === 'restored') return { kind: 'again' };
    }
    if (policy === undefined) return endOf(step);
    const tried = await restoreHeldPolicy(step, policy, { mayBegin: !isStopped });
    switch (tried.kind) {
      case 'leave':
        return tried.answer;
      case 'restored':
        return { kind: 'again' };
      case 'staysHeld':
        return staysHeld(step, tried.instances);
    }
  },
});

/** Nothing is left to restore, except what Azure refused to restore. */
async function endOf(step: Step): Promise<Answer> {
  if (step.direction !== 'forward' || step.record.repairsHeld !== 'refused') return { kind: 'done' };
  return halt(step, 'automaticRepairs', { message: failures.repairsNotResumed });
}

async function staysHeld(step: Step, instances: readonly string[]): Promise<Answer> {
  if (step.direction === 'forward')
    return halt(step, 'upgradePolicy', { message: warnings.guardStaysHeld(instances), instances });
  await keep(step);
  return { kind: 'done' };
}

async function halt(
  step: Step,
  name: GuardName,
  why: { readonly message: string; readonly instances?: readonly string[] },
): Promise<Answer> {
  const remedy = heldBy(step.record).find(({ guard }) => guard === name)?.remedy ?? '';
  const failure = { code: 'guardStaysHeld', remedy, ...why };
  return redirect(step, { direction: 'stop', endsAs: 'halted', failure, message: why.message });
}
