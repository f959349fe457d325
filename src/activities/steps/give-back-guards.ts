import type { PropertyChange } from '../../core/model/delta.ts';
import { policyBack } from '../../core/model/guards.ts';
import { POLICY_PART } from '../../core/model/parts.ts';
import { warnings } from '../../core/messages/warnings.ts';
import { behindModel } from '../../core/plan/restore-guards.ts';
import { settling } from '../../core/record/held-guards.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { heldBy } from '../../core/run/left.ts';
import { readPlan } from '../../store/plans.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { finish, keep, turnTo, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import type { StepInput } from '../frame/define.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { followModel } from '../looks/follow-model.ts';
import { readOrWait } from '../looks/reads.ts';
import { sendModel } from '../writes/model-write.ts';
import { switchRepairs } from '../writes/repairs.ts';

/** Switches on again what was held, as far as that does no harm; what is not, is listed with the rollout. */
export const giveBackGuards = defineStep({
  name: 'giveBackGuards',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { policyHeld, failure } = brief.record;
    const isSuspended = brief.record.repairsHeld !== undefined && brief.record.repairsHeld !== 'refused';
    // Somebody else's model is not ours to touch, its policy included.
    const policy = failure?.code === 'conflict' ? undefined : policyHeld;
    if (policy === undefined && !isSuspended) return { kind: 'done' };
    if (brief.standing.paused) return waitWhilePaused(brief);
    const held = await waitOutHold(brief, { name: 'write', phase: brief.record.phase });
    if (held !== undefined) return held;
    if (isSuspended && !(isRestore(brief) && input.way === 'stop')) {
      const answer = await switchRepairs(brief, ports, { input, action: 'Resume' });
      return answer.kind === 'done' && policy !== undefined ? { kind: 'again' } : answer;
    }
    return policy === undefined ? { kind: 'done' } : givePolicyBack(brief, ports, input, policy);
  },
});

/** Only when every instance shows the current model: else Azure would bring the rest there at once. */
async function givePolicyBack(brief: Brief, ports: Ports, input: StepInput, policy: string): Promise<Answer> {
  const { phase, id } = brief.record;
  const { operations } = brief.records;
  const isBegun = operations.some(({ part }) => part === POLICY_PART);
  // Whoever stops a rollout that is only there to give guards back does not want them back.
  const isUnwanted = isRestore(brief) && input.way === 'stop';
  if (isUnwanted && !isBegun) return { kind: 'done' };
  const early = await waitForViews(brief, ports, operations);
  if (early !== undefined) return early;
  const seen = await readOrWait(brief, {
    name: 'instances',
    phase,
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (seen.kind === 'no') return seen.answer;
  // fence V7: the policy stays held until every instance is on the model
  const behind = behindModel(seen.value);
  if (behind.length > 0 && !isBegun) return stayHeld(brief, input, behind);
  const kept = await readPlan(ports.store, id);
  if (kept === undefined) return { kind: 'done' };
  const delta = policyBack({ policy });
  const write = {
    input,
    part: { name: POLICY_PART, delta },
    way: 'back',
    phase,
    refusedAs: 'failed',
  } as const;
  const standing = await followModel(brief, ports, {
    ...write,
    kept,
    watched: [...kept.plan.delta, ...pinOf(brief.record), ...delta],
  });
  if (standing.kind === 'over') return standing.answer;
  if (standing.kind === 'taken') return givenBack(brief, policy, standing.modelHash);
  if (isUnwanted || behind.length > 0) return stayHeld(brief, input, behind);
  return sendModel(brief, ports, standing.set, { write, operations: standing.operations });
}

function isRestore({ record }: Brief): boolean {
  return record.spec.restoreGuardsOf !== undefined;
}

async function givenBack(brief: Brief, policy: string, modelHash: string): Promise<Answer> {
  const guardsSettled = settling(brief.record, 'upgradePolicy');
  await finish(brief, { policyHeld: undefined, modelHash, guardsSettled }, [
    { kind: 'guardGivenBack', message: `the upgrade policy is ${policy} again` },
  ]);
  return { kind: 'done' };
}

/** Right after a write of the model the views still say that every instance is on it. */
async function waitForViews(
  brief: Brief,
  ports: Ports,
  operations: readonly Operation[],
): Promise<Answer | undefined> {
  const { startedAt, createdAt, phase } = brief.record;
  const times = operations
    .filter(({ kind, part }) => kind === 'model' && part !== POLICY_PART)
    .map(({ endedAt, answeredAt, intendedAt }) => endedAt ?? answeredAt ?? intendedAt);
  const last = Math.max(...[startedAt ?? createdAt, ...times].map((time) => Date.parse(time)));
  const seconds = ports.pace.viewLagSeconds - (brief.now - last) / 1000;
  if (seconds <= 0) return undefined;
  return wait(brief, {
    seconds,
    phase,
    waitingFor: { kind: 'operation', message: 'waits until the instances show which model they have' },
  });
}

/** The end of the rollout lists what stays held. One that is only there to give it back has failed to. */
async function stayHeld(brief: Brief, { way }: StepInput, instances: readonly string[]): Promise<Answer> {
  if (!isRestore(brief) || way === 'stop') {
    await keep(brief);
    return { kind: 'done' };
  }
  const message = warnings.guardStaysHeld(instances);
  const remedy = heldBy(brief.record).find(({ guard }) => guard === 'upgradePolicy')?.remedy ?? '';
  const failure = { code: 'guardStaysHeld', message, remedy, instances };
  return turnTo(brief, { course: { kind: 'stop', phase: 'halted' }, failure, message });
}

/** A rollback may have pinned an image that the rollout itself has not changed. */
function pinOf({ pinned }: RolloutRecord): readonly PropertyChange[] {
  if (pinned === undefined) return [];
  return [{ path: pinned.path, before: pinned.was, after: pinned.now, class: 'reimage' }];
}
