import { keyOf } from '../../core/access/caller.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { audit } from '../../core/messages/audit.ts';
import { skips } from '../../core/messages/instances.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { isDisruptive } from '../../core/model/delta.ts';
import type { Model } from '../../core/model/model.ts';
import { secretsIn } from '../../core/plan/extension-change.ts';
import { isNoop } from '../../core/plan/plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { plannedRows } from '../../core/plan/planned-rows.ts';
import { guardsTakenOver } from '../../core/plan/restore-guards.ts';
import { heldInModel } from '../../core/record/held-guards.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { notWhole } from '../../core/run/direction.ts';
import { bystandersOf } from '../../core/run/membership.ts';
import { noteMissing } from '../../store/missing-sets.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import type { Changes } from '../frame/commit.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { survey } from '../looks/survey.ts';
import { planOrWait } from '../looks/surveyed.ts';

/** Makes the plan, or says why there will be none. The plan is made only once. */
export const planRollout = defineStep({
  name: 'planRollout',
  async run(step) {
    const { record } = step;
    if (record.runbook !== 'rollout') return { kind: 'foreign' };
    // fence I20: a plan is made once
    if (record.planHash !== undefined) return planned(record);

    const found = await planOrWait(step, (options) => survey(record.spec, step, options));
    switch (found.kind) {
      case 'leave':
        return found.answer;
      case 'refused':
        return refused(step, found);
      case 'planned':
        return keep(step, found);
    }
  },
});

function planned({ batches, spec, fellBack, startedAt }: RolloutRecord): Answer {
  // What has begun to slide ends that way, even if it has fallen back since.
  const isInVain = fellBack !== undefined && fellBack.at === startedAt;
  const slides = spec.strategy.pacing === 'sliding' && !isInVain;
  return { kind: 'done', batches: batches.length, slides };
}

interface Made {
  readonly plan: Plan;
  readonly snapshot: Model;
  readonly instances: readonly Instance[];
}

async function keep(step: Step, made: Made): Promise<Answer> {
  const { plan, instances } = made;
  const rows = plannedRows(plan, instances, new Date(step.now).toISOString());
  step.records.putRows(rows);
  const changes = changesBy(step, { ...made, rows });
  if (isNoop(plan)) return endWithoutWork(step, plan, changes);
  const { floor, hash } = plan;
  const message = audit.planned({ batches: plan.batches.length, instances: rows.length, floor, hash });
  const inVain = plan.warnings.find(({ code }) => code === 'slidingInVain');
  const events = [
    { kind: 'planned', message } as const,
    ...(inVain === undefined ? [] : [{ kind: 'fellBack', message: inVain.message } as const]),
    ...guardsTakenOver(plan, step.record),
  ];
  const fellBack = inVain && ({ to: 'barrier', at: changes.startedAt, message: inVain.message } as const);
  return planned((await finish(step, { ...changes, ...(fellBack && { fellBack }) }, events)).record);
}

/** What the record keeps of a plan: all that later steps ask for without reading it. */
function changesBy(
  { now, record }: Step,
  { plan, snapshot, instances, rows }: Made & { readonly rows: readonly LedgerRow[] },
): Changes & { readonly startedAt: string } {
  const { promisesHealth, suppressed, image, restores, restoredGuards } = plan;
  const secrets = secretsIn(snapshot);
  return {
    phase: 'planning',
    startedAt: new Date(now).toISOString(),
    planHash: plan.hash,
    modelHash: plan.modelHash,
    disruptive: isDisruptive(plan.class),
    largestDomain: plan.largestDomain,
    // What came with a new capacity, or went, is no change of the model that a rollback could take back.
    canRollBack:
      (plan.delta.length > 0 && record.spec.change.capacity === undefined) || plan.dataDisks !== undefined,
    ...((plan.irreversible !== undefined || plan.unrecoverable !== undefined) && {
      isIrreversible: true,
    }),
    ...(promisesHealth === true && { promisesHealth }),
    ...(suppressed !== undefined && { suppressed }),
    bystanders: bystandersOf(instances, rows),
    protectedCount: plan.skipped.filter(({ reason }) => reason === skips.protected).length,
    ...(secrets.length > 0 && { modelSecrets: secrets }),
    ...(image !== undefined && { targetImage: image }),
    ...heldInModel(restores ?? {}),
    ...(restores?.repairs === true && { repairsHeld: 'held' }),
    ...(restoredGuards !== undefined && { restoredGuards }),
    batches: plan.batches.map((batch) => ({ ...batch, phase: 'pending' })),
    counts: countRows(rows),
  };
}

/** Nothing is left to do: it has succeeded, unless what it should undo cannot be restored. */
async function endWithoutWork(step: Step, plan: Plan, changes: Changes): Promise<Answer> {
  if (plan.irreversible !== undefined) {
    const failure = notWhole();
    const halted = { direction: 'stop', endsAs: 'halted', failure, message: failure.message } as const;
    return redirect(await finish(step, changes), halted);
  }
  const message = audit.nothingToDo;
  const idle = await finish(step, { ...changes, noop: true }, [{ kind: 'planned', message }]);
  return redirect(idle, { direction: 'stop', endsAs: 'succeeded', message });
}

async function refused(step: Step, { code, message, remedy }: Refusal): Promise<Answer> {
  if (code === 'scaleSetNotFound') await countMissing(step);
  return redirect(step, {
    direction: 'stop',
    endsAs: 'refused',
    failure: { code, message, remedy },
    message: audit.refused(message),
  });
}

/** Whoever asks for many scale sets that are not there is trying names. */
async function countMissing({ store, record: { id, requestedBy, createdAt } }: Step): Promise<void> {
  await noteMissing(store, keyOf(requestedBy), { rollout: id, at: createdAt });
}
