import type { PropertyChange } from '../../core/model/delta.ts';
import { restorePolicy } from '../../core/model/guards.ts';
import { POLICY_PART } from '../../core/model/parts.ts';
import { warnings } from '../../core/messages/warnings.ts';
import { behindModel } from '../../core/plan/restore-guards.ts';
import { withRestored } from '../../core/record/held-guards.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { heldBy } from '../../core/run/left.ts';
import { readPlan } from '../../store/plans.ts';
import { finish, keep } from '../frame/commit.ts';
import { redirect } from '../frame/redirect.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { defineStep } from '../define-step.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import { followModel } from '../looks/follow-model.ts';
import { readInstances } from '../looks/read-instances.ts';
import { sendModel } from '../writes/model-write.ts';
import { switchRepairs } from '../writes/repairs.ts';

/** Switches on again what was held, as far as that does no harm; what is not, is listed with the rollout. */
export const restoreGuards = defineStep({
  name: 'restoreGuards',
  async run(step) {
    const { policyHeld, failure } = step.record;
    const isSuspended = step.record.repairsHeld !== undefined && step.record.repairsHeld !== 'refused';
    // Somebody else's model is not ours to touch, its policy included.
    const policy = failure?.code === 'conflict' ? undefined : policyHeld;
    if (policy === undefined && !isSuspended) return { kind: 'done' };
    if (step.standing.paused) return waitWhilePaused(step);
    const held = await waitOutHold(step, { name: 'write', phase: step.record.phase });
    if (held !== undefined) return held;
    if (isSuspended && !(isRestore(step) && step.direction === 'stop')) {
      const answer = await switchRepairs(step, { action: 'Resume' });
      return answer.kind === 'done' && policy !== undefined ? { kind: 'again' } : answer;
    }
    return policy === undefined ? { kind: 'done' } : restoreHeldPolicy(step, policy);
  },
});

/** Only when every instance shows the current model: else Azure would bring the rest there at once. */
async function restoreHeldPolicy(step: Step, policy: string): Promise<Answer> {
  const { phase, id } = step.record;
  const { operations } = step.records;
  const isBegun = operations.some(({ part }) => part === POLICY_PART);
  // Whoever stops a rollout that is only there to give guards back does not want them back.
  const isUnwanted = isRestore(step) && step.direction === 'stop';
  if (isUnwanted && !isBegun) return { kind: 'done' };
  const early = await waitForViews(step, operations);
  if (early !== undefined) return early;
  const seen = await readInstances(step, phase);
  if (seen.kind === 'leave') return seen.answer;
  // fence V7: the policy stays held until every instance is on the model
  const behind = behindModel(seen.value);
  if (behind.length > 0 && !isBegun) return stayHeld(step, behind);
  const kept = await readPlan(step.store, id);
  if (kept === undefined) return { kind: 'done' };
  const delta = restorePolicy({ policy });
  const write = {
    part: { name: POLICY_PART, delta },
    direction: 'rollback',
    phase,
    refusedAs: 'failed',
  } as const;
  const standing = await followModel(step, {
    ...write,
    kept,
    watched: [...kept.plan.delta, ...pinOf(step.record), ...delta],
  });
  if (standing.kind === 'leave') return standing.answer;
  if (standing.kind === 'taken') return policyRestored(step, policy, standing.modelHash);
  if (isUnwanted || behind.length > 0) return stayHeld(step, behind);
  return sendModel(step, standing.set, { write, operations: standing.operations });
}

function isRestore({ record }: Step): boolean {
  return record.spec.restoreGuardsOf !== undefined;
}

async function policyRestored(step: Step, policy: string, modelHash: string): Promise<Answer> {
  const restoredGuards = withRestored(step.record, 'upgradePolicy');
  await finish(step, { policyHeld: undefined, modelHash, restoredGuards }, [
    { kind: 'guardRestored', message: `the upgrade policy is ${policy} again` },
  ]);
  return { kind: 'done' };
}

/** Right after a write of the model the views still say that every instance is on it. */
async function waitForViews(step: Step, operations: readonly Operation[]): Promise<Answer | undefined> {
  const { startedAt, createdAt, phase } = step.record;
  const times = operations
    .filter(({ kind, part }) => kind === 'model' && part !== POLICY_PART)
    .map(({ endedAt, answeredAt, intendedAt }) => endedAt ?? answeredAt ?? intendedAt);
  const last = Math.max(...[startedAt ?? createdAt, ...times].map((time) => Date.parse(time)));
  const seconds = step.pace.viewLagSeconds - (step.now - last) / 1000;
  if (seconds <= 0) return undefined;
  return wait(step, {
    seconds,
    phase,
    waitingFor: { kind: 'operation', message: 'waits until the instances show which model they have' },
  });
}

/** The end of the rollout lists what stays held. One that is only there to give it back has failed to. */
async function stayHeld(step: Step, instances: readonly string[]): Promise<Answer> {
  if (!isRestore(step) || step.direction === 'stop') {
    await keep(step);
    return { kind: 'done' };
  }
  const message = warnings.guardStaysHeld(instances);
  const remedy = heldBy(step.record).find(({ guard }) => guard === 'upgradePolicy')?.remedy ?? '';
  const failure = { code: 'guardStaysHeld', message, remedy, instances };
  return redirect(step, { direction: 'stop', endsAs: 'halted', failure, message });
}

/** A rollback may have pinned an image that the rollout itself has not changed. */
function pinOf({ pinned }: RolloutRecord): readonly PropertyChange[] {
  if (pinned === undefined) return [];
  return [{ path: pinned.path, before: pinned.was, after: pinned.now, class: 'reimage' }];
}
