import { valuesHash } from '../../core/model/delta.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import { holdPolicy } from '../../core/model/guards.ts';
import type { Model } from '../../core/model/model.ts';
import { partsOf } from '../../core/model/parts.ts';
import { floorOf } from '../../core/plan/floor.ts';
import { needOf } from '../../core/plan/plan-checks.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Answer } from '../../core/run/answer.ts';
import { servingNow } from '../../core/run/capacity.ts';
import { patience } from '../../core/run/patience.ts';
import { hidesSecrets } from '../../core/spec/hidden.ts';
import { readPlan } from '../../store/plans.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { dropSecrets } from '../../store/secrets.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { finish, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import type { StepInput } from '../frame/define.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { saveTaken } from '../looks/model-taken.ts';
import { followModel } from '../looks/follow-model.ts';
import type { ModelStanding } from '../looks/follow-model.ts';
import { readOrWait } from '../looks/reads.ts';
import { sendModel } from '../writes/model-write.ts';
import type { ModelWrite } from '../writes/model-write.ts';

/** Writes the changed fields into the scale set's model, and waits until the set has taken them. */
export const applyModel = defineStep({
  name: 'applyModel',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(ports.store, record.id);
    if (kept === undefined) throw new Error(`rollout ${record.id} has no plan`);
    const { delta, guards } = kept.plan;
    if (delta.length === 0) {
      await finish(brief, { modelState: 'after' });
      return { kind: 'done' };
    }
    // The policy is held in the same write as the change: Azure must find no moment to begin by itself.
    const watched = [...delta, ...holdPolicy(guards)];
    return writeParts(brief, ports, { input, kept, watched });
  },
});

interface Change {
  readonly input: StepInput;
  readonly kept: KeptPlan;
  readonly watched: readonly PropertyChange[];
}

/** The parts of the change one after the other, each only when the one before is in. */
async function writeParts(brief: Brief, ports: Ports, { input, kept, watched }: Change): Promise<Answer> {
  const phase = 'applyingModel';
  const way = 'forward';
  let current = brief;
  let left: Model | undefined;
  for (const part of partsOf(watched)) {
    const standing = await followModel(current, ports, { kept, part, watched, way, phase });
    if (standing.kind === 'over') return standing.answer;
    if (standing.kind === 'toSend')
      return sendPart(current, ports, { input, way, phase, part }, { ...standing, plan: kept.plan });
    current = await saveTaken(current, standing);
    left = standing.model;
  }
  const { policy } = kept.plan.guards;
  if (hidesSecrets(brief.record.spec)) await dropSecrets(ports.store, brief.record.id);
  await finish(
    current,
    {
      modelState: 'after',
      phase,
      ...(left !== undefined && { leftHash: valuesHash(left, kept.plan.delta) }),
      ...(policy !== undefined && { policyHeld: policy }),
    },
    [{ kind: 'modelTaken', message: 'the scale set has the new model' }],
  );
  return { kind: 'done' };
}

async function sendPart(
  brief: Brief,
  ports: Ports,
  write: ModelWrite,
  { set, operations, plan }: Extract<ModelStanding, { kind: 'toSend' }> & { readonly plan: Plan },
): Promise<Answer> {
  if (brief.standing.paused) return waitWhilePaused(brief);
  const { phase } = write;
  // fence I11: a hold on writes is waited out before the model is written
  const held =
    (await waitOutHold(brief, { name: 'write', phase })) ?? (await waitForFloor(brief, ports, plan));
  return held ?? sendModel(brief, ports, set, { write, operations });
}

/** A rollout does not begin while fewer instances serve than it has promised to keep, unless none goes down for it. */
async function waitForFloor(brief: Brief, ports: Ports, plan: Plan): Promise<Answer | undefined> {
  const { spec, largestDomain = 1 } = brief.record;
  const { goesDown, started } = needOf(plan);
  if (spec.health.fixForward || !goesDown) return undefined;
  const read = await readOrWait(brief, {
    name: 'instances',
    phase: 'waiting',
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (read.kind === 'no') return read.answer;
  const serving = new Set([...servingNow(read.value, []), ...started]).size;
  const floor = floorOf(spec.strategy.maxUnavailable, read.value.length, largestDomain);
  if (
    typeof floor !== 'number' ||
    // fence I1: no model is written while fewer serve than the floor
    serving >= floor
  )
    return undefined;
  return wait(brief, {
    seconds: patience(brief.record.waitingFor, 'floor', {
      now: brief.now,
      least: ports.pace.pollSeconds,
      most: 120,
    }),
    phase: 'waiting',
    waitingFor: {
      kind: 'floor',
      message: `only ${serving} instances serve, fewer than the floor of ${floor}; it goes on by itself: vmss-rollout abort ${brief.record.id} ends it`,
    },
  });
}
