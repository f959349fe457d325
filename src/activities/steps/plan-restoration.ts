import type { Instance } from '../../core/instance/instances.ts';
import { audit } from '../../core/messages/audit.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { isNoop } from '../../core/plan/plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { guardsTakenOver } from '../../core/plan/restore-guards.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { Answer } from '../../core/run/answer.ts';
import { bystandersOf } from '../../core/run/membership.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { surveyGuards } from '../looks/survey-guards.ts';
import { planOrWait } from '../looks/surveyed.ts';

/** Plans which guards of an ended rollout to restore, or says why none. The plan is made only once. */
export const planRestoration = defineStep({
  name: 'planRestoration',
  async run(step) {
    const { record } = step;
    if (record.runbook !== 'guardRestoration') return { kind: 'foreign' };
    if (record.planHash !== undefined) return { kind: 'done' };
    const found = await planOrWait(step, (options) => surveyGuards(record.spec, step, options));
    switch (found.kind) {
      case 'leave':
        return found.answer;
      case 'refused':
        return refused(step, found);
      case 'planned':
        return keep(step, found.plan, found.instances);
    }
  },
});

async function keep(step: Step, plan: Plan, instances: readonly Instance[]): Promise<Answer> {
  const { restores, restoredGuards } = plan;
  const changes = {
    phase: 'planning',
    startedAt: new Date(step.now).toISOString(),
    planHash: plan.hash,
    modelHash: plan.modelHash,
    disruptive: false,
    canRollBack: false,
    // A list that lacks one of them shows nothing yet of those that are on the model.
    bystanders: bystandersOf(instances, []),
    counts: countRows([]),
    ...heldInModel(restores ?? {}),
    ...(restores?.repairs === true && { repairsHeld: 'held' as const }),
    ...(restoredGuards !== undefined && { restoredGuards }),
  } as const;
  if (!isNoop(plan)) {
    const message = audit.plannedRestoration(plan.hash);
    await finish(step, changes, [{ kind: 'planned', message }, ...guardsTakenOver(plan, step.record)]);
    return { kind: 'done' };
  }
  const idle = await finish(step, { ...changes, noop: true }, [
    { kind: 'planned', message: audit.nothingToDo },
  ]);
  return redirect(idle, { direction: 'stop', endsAs: 'succeeded', message: audit.nothingToDo });
}

async function refused(step: Step, { code, message, remedy }: Refusal): Promise<Answer> {
  const failure = { code, message, remedy };
  return redirect(
    step,
    { direction: 'stop', endsAs: 'refused', failure, message: audit.refused(message) },
    // Somebody has set the policy: nobody holds it any more.
    { changes: code === 'modelChangedSince' ? { restoredGuards: ['upgradePolicy'] } : {} },
  );
}
