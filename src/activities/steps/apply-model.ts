import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import { valuesHash } from '../../core/model/shown-delta.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import { modelWrites } from '../../core/model/guards.ts';
import type { Model } from '../../core/model/model.ts';
import { partsOf } from '../../core/model/parts.ts';
import { floorOf } from '../../core/plan/floor.ts';
import { needOf } from '../../core/plan/plan-checks.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Answer } from '../../core/run/answer.ts';
import { servingNow } from '../../core/run/capacity.ts';
import { patience } from '../../core/run/patience.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import { readPlan } from '../../store/plans.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { crossesFloor } from '../looks/follow-capacity.ts';
import { followModel } from '../looks/follow-model.ts';
import type { ModelStanding } from '../looks/model-standing.ts';
import { saveTaken } from '../looks/model-taken.ts';
import { waitForNativeUpgrade } from '../looks/native-upgrade.ts';
import { readInstances } from '../looks/read-instances.ts';
import { sendModel } from '../writes/model-write.ts';
import type { ModelWrite } from '../writes/model-write.ts';

/** Writes the changed fields into the scale set's model, and waits until the scale set has them. */
export const applyModel = defineStep({
  name: 'applyModel',
  async run(step) {
    const { record } = step;
    if (record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(step.store, record.id);
    if (kept === undefined) throw new Error(`rollout ${record.id} has no plan`);
    const { delta, guards } = kept.plan;
    // Guards are held in the same write as the change: Azure must have no moment to start by itself.
    const watched = modelWrites(delta, guards);
    if (watched.length === 0) {
      await finish(step, { modelState: 'after' });
      return { kind: 'done' };
    }
    return writeParts(step, { kept, watched });
  },
});

interface Change {
  readonly kept: KeptPlan;
  readonly watched: readonly PropertyChange[];
}

/** The parts of the change one after the other, each only when the one before has taken effect. */
async function writeParts(step: Step, { kept, watched }: Change): Promise<Answer> {
  const phase = 'applyingModel';
  const direction = 'forward';
  let current = step;
  let left: Model | undefined;
  for (const part of partsOf(watched)) {
    const standing = await followModel(current, { kept, part, watched, direction, phase });
    if (standing.kind === 'leave') return standing.answer;
    if (standing.kind === 'toSend')
      return sendPart(current, { direction, phase, part }, { ...standing, plan: kept.plan });
    current = await saveTaken(current, standing);
    left = standing.model;
  }
  await finish(
    current,
    {
      modelState: 'after',
      phase,
      ...(left !== undefined && { leftHash: valuesHash(left, kept.plan.delta) }),
      ...heldInModel(kept.plan.guards),
    },
    [{ kind: 'modelTaken', message: audit.modelTaken }],
  );
  return { kind: 'done' };
}

async function sendPart(
  step: Step,
  write: ModelWrite,
  { set, operations, plan }: Extract<ModelStanding, { kind: 'toSend' }> & { readonly plan: Plan },
): Promise<Answer> {
  if (step.standing.paused) return waitWhilePaused(step);
  const { phase } = write;
  // fence I11: a hold on writes is waited out before the model is written
  const held = (await waitOutHold(step, { name: 'write', phase })) ?? (await waitForFloor(step, plan));
  if (held !== undefined) return held;
  const native = await waitForNativeUpgrade(step, phase);
  return native?.answer ?? sendModel(step, set, { write, operations });
}

/** A rollout does not start while fewer instances serve than the floor, unless it takes none down. */
async function waitForFloor(step: Step, plan: Plan): Promise<Answer | undefined> {
  const { spec, largestDomain = 1, disruptive } = step.record;
  const { goesDown, started } = needOf(plan);
  const isScale = spec.change.capacity !== undefined;
  if (!isScale && (spec.health.fixForward || !goesDown || spec.rollbackOf !== undefined)) return undefined;
  const read = await readInstances(step, 'waiting');
  if (read.kind === 'leave') return read.answer;
  // fence I1: no capacity is lowered while too few would be left serving
  if (isScale) return waitForServing(step, crossesFloor(step, read.value));
  const serving = new Set([...servingNow(read.value, []), ...started]).size;
  const { maxUnavailable } = spec.strategy;
  const floor = floorOf(maxUnavailable, read.value.length, largestDomain, { goesDown: disruptive !== false });
  // fence I1: no model is written while fewer serve than the floor
  if (typeof floor !== 'number' || serving >= floor) return undefined;
  return waitForServing(step, { serving, floor });
}

async function waitForServing(
  step: Step,
  short: { readonly serving: number; readonly floor: number } | undefined,
): Promise<Answer | undefined> {
  if (short === undefined) return undefined;
  const { now, pace, record } = step;
  return wait(step, {
    seconds: patience(record.waitingFor, 'floor', { now, least: pace.pollSeconds, most: 120 }),
    phase: 'waiting',
    waitingFor: { kind: 'floor', message: waits.floor(short.serving, short.floor, []) },
  });
}
