import { viewOf } from '../../core/health/expectation.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { audit } from '../../core/messages/audit.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { isDisruptive } from '../../core/model/delta.ts';
import { isNoop } from '../../core/plan/plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { plannedActions, plannedDisks } from '../../core/plan/planned-work.ts';
import { guardsTakenOver } from '../../core/plan/restore-guards.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { rowOf } from '../../core/record/off-rows.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { notWhole } from '../../core/run/direction.ts';
import { bystandersOf } from '../../core/run/membership.ts';
import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { redirect } from '../frame/redirect.ts';
import type { Step } from '../frame/step.ts';
import { survey } from '../looks/survey.ts';
import { planOrWait } from '../looks/surveyed.ts';

/** Makes the plan, or says why there will be none. Once made it is never made again. */
export const planRollout = defineStep({
  name: 'planRollout',
  async run(step) {
    const { record } = step;
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

function planned({ batches, spec }: RolloutRecord): Answer {
  return { kind: 'done', batches: batches.length, slides: spec.strategy.pacing === 'sliding' };
}

async function keep(
  step: Step,
  { plan, instances }: { readonly plan: Plan; readonly instances: readonly Instance[] },
): Promise<Answer> {
  const { record, now } = step;
  const rows = rowsOf(plan, instances, new Date(now).toISOString());
  step.records.putRows(rows);
  const changes = {
    phase: 'planning',
    startedAt: new Date(now).toISOString(),
    planHash: plan.hash,
    modelHash: plan.modelHash,
    disruptive: isDisruptive(plan.class),
    largestDomain: plan.largestDomain,
    canRollBack: plan.delta.length > 0 || plan.dataDisks !== undefined,
    ...((plan.irreversible !== undefined || plan.unrecoverable !== undefined) && {
      isIrreversible: true,
    }),
    ...(plan.promisesHealth === true && { promisesHealth: true }),
    ...(plan.suppressed !== undefined && { suppressed: plan.suppressed }),
    bystanders: bystandersOf(instances, rows),
    ...(plan.image !== undefined && { targetImage: plan.image }),
    ...(plan.restores?.policy !== undefined && { policyHeld: plan.restores.policy }),
    ...(plan.restores?.repairs === true && { repairsHeld: 'held' as const }),
    ...(plan.restoredGuards !== undefined && { restoredGuards: plan.restoredGuards }),
    batches: plan.batches.map((batch) => ({ ...batch, phase: 'pending' as const })),
    counts: countRows(rows),
  } as const;
  const { floor, hash } = plan;
  const message = audit.planned({ batches: plan.batches.length, instances: rows.length, floor, hash });
  if (!isNoop(plan)) {
    const events = [{ kind: 'planned', message } as const, ...guardsTakenOver(plan, record)];
    return planned((await finish(step, changes, events)).record);
  }
  if (plan.irreversible !== undefined) {
    const failure = notWhole();
    const halted = { direction: 'stop', endsAs: 'halted', failure, message: failure.message } as const;
    return redirect(await finish(step, changes), halted);
  }
  const idle = await finish(step, { ...changes, noop: true }, [
    { kind: 'planned', message: audit.nothingToDo },
  ]);
  return redirect(idle, {
    direction: 'stop',
    endsAs: 'succeeded',
    message: audit.nothingToDo,
  });
}

function rowsOf(plan: Plan, instances: readonly Instance[], now: string): readonly LedgerRow[] {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  return plan.batches.flatMap((batch) =>
    batch.instances.map((instanceId): LedgerRow => {
      const instance = known.get(instanceId);
      return {
        instanceId,
        name: instance?.name ?? instanceId,
        batch: batch.index,
        direction: 'forward',
        state: 'pending',
        ...rowOf(
          plannedActions(plan, instanceId),
          plan.switchedOff?.find(({ instance: off }) => off === instanceId),
        ),
        ...plannedDisks(plan, instanceId),
        ...(plan.unserving?.includes(instanceId) === true && { unserving: true as const }),
        actionsDone: 0,
        touched: false,
        imageBefore: instance?.image ?? '',
        ...(instance?.vmId !== undefined && { vmId: instance.vmId }),
        imageNow: instance?.image ?? '',
        attempts: 0,
        updatedAt: now,
        ...(instance?.updateDomain !== undefined && { updateDomain: instance.updateDomain }),
        ...(instance?.faultDomain !== undefined && { faultDomain: instance.faultDomain }),
        ...(instance?.zone !== undefined && { zone: instance.zone }),
        ...(instance && viewOf(instance)),
      };
    }),
  );
}

async function refused(step: Step, { code, message, remedy }: Refusal): Promise<Answer> {
  return redirect(step, {
    direction: 'stop',
    endsAs: 'refused',
    failure: { code, message, remedy },
    message: audit.refused(message),
  });
}
