import type { Answer } from '../core/answer.ts';
import type { PropertyChange } from '../core/delta.ts';
import { holdPolicy, POLICY_MODE } from '../core/guards.ts';
import { readPlan } from '../store/plans.ts';
import { begin } from './begin.ts';
import { finish } from './brief.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { followModel } from './follow-model.ts';
import { switchRepairs } from './hold-guards.ts';
import { addressOf, POLICY_PART, sendModel } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { readOrWait, waitOutHold } from './reads.ts';

/** Switches on again what was held, as far as that does no harm; what is not, is listed with the rollout. */
export const giveBackGuards = defineStep({
  name: 'giveBackGuards',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { policyHeld, repairsHeld, failure } = brief.record;
    // Somebody else's model is not ours to touch, its policy included.
    const policy = failure?.code === 'conflict' ? undefined : policyHeld;
    if (policy === undefined && repairsHeld === undefined) return { kind: 'done' };
    if (brief.standing.paused) return waitWhilePaused(brief, ports);
    const held = await waitOutHold(brief, ports, { name: 'write', phase: brief.record.phase });
    if (held !== undefined) return held;
    if (repairsHeld !== undefined) {
      const answer = await switchRepairs(brief, ports, { input, action: 'Resume' });
      return answer.kind === 'done' && policy !== undefined ? { kind: 'again' } : answer;
    }
    return policy === undefined ? { kind: 'done' } : givePolicyBack(brief, ports, input, policy);
  },
});

/** Only when every instance shows the current model: else Azure would bring the rest there at once. */
async function givePolicyBack(brief: Brief, ports: Ports, input: StepInput, policy: string): Promise<Answer> {
  const { phase, id } = brief.record;
  const seen = await readOrWait(brief, ports, {
    name: 'instances',
    phase,
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (seen.kind === 'no') return seen.answer;
  if (!seen.value.every(({ latestModelApplied }) => latestModelApplied)) return { kind: 'done' };
  const kept = await readPlan(ports.store, id);
  if (kept === undefined) return { kind: 'done' };
  const change: PropertyChange = { path: POLICY_MODE, before: 'Manual', after: policy, class: 'none' };
  const followed = {
    kept,
    phase,
    part: { name: POLICY_PART, delta: [change] },
    watched: [...kept.plan.delta, ...holdPolicy(kept.plan.guards)],
    way: 'back',
    refusedAs: 'failed',
  } as const;
  const standing = await followModel(brief, ports, followed);
  switch (standing.kind) {
    case 'over':
      return standing.answer;
    case 'toSend':
      return sendModel(brief, ports, standing.set, {
        write: { ...followed, input },
        operations: standing.operations,
      });
    case 'taken':
      await finish(brief, ports, { policyHeld: undefined, modelHash: standing.modelHash }, [
        { kind: 'guardGivenBack', message: `the upgrade policy is ${policy} again` },
      ]);
      return { kind: 'done' };
  }
}
