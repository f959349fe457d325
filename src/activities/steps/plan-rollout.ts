import { viewOf } from '../../core/health/expectation.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { membership } from '../../core/messages/membership.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { azure } from '../../core/messages/azure.ts';
import { isDisruptive } from '../../core/model/delta.ts';
import { isNoop } from '../../core/plan/plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { plannedActions, plannedDisks } from '../../core/plan/planned-work.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { rowOf } from '../../core/record/off-rows.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { bystandersOf } from '../../core/run/membership.ts';
import { notWhole } from '../../core/run/direction.ts';
import { keepPlan } from '../../store/plans.ts';
import { finish } from '../frame/commit.ts';
import { redirect } from '../frame/redirect.ts';
import { wait } from '../frame/wait.ts';
import type { Step } from '../frame/step.ts';
import { defineStep } from '../define-step.ts';
import { holdFor, waitOutHold } from '../frame/holds.ts';
import { secondsUntilNextTry } from '../looks/reads.ts';
import { survey } from '../looks/survey.ts';

/** Makes the plan, or says why there will be none. Once made it is never made again. */
export const planRollout = defineStep({
  name: 'planRollout',
  async run(step) {
    const { record } = step;
    // fence I20: a plan is made once
    if (record.planHash !== undefined) return planned(record);

    // Something may have woken it before the time that Azure asked to wait for.
    const held = await waitOutHold(step, { name: 'scaleSet', phase: 'planning' });
    if (held !== undefined) return held;
    const since = record.shortSince === undefined ? step.now : Date.parse(record.shortSince);
    const left = step.pace.viewLagSeconds - (step.now - since) / 1000;
    const found = await survey(record.spec, step, { takesShort: left <= 0 });
    switch (found.kind) {
      case 'planned': {
        const { plan, instances } = found;
        const kept = await keepPlan(step.store, record.id, { plan, snapshot: found.snapshot });
        return keep(step, { plan: kept.plan, instances });
      }
      case 'refused':
        return refused(step, found);
      case 'throttled':
        return wait(step, {
          seconds: found.retryAfterSeconds,
          phase: 'planning',
          waitingFor: { kind: 'throttling', message: 'Azure limits the rate of reads just now' },
          changes: { holds: holdFor(step, 'scaleSet', found.retryAfterSeconds) },
        });
      case 'short':
        return wait(step, {
          seconds: left > 0 ? Math.min(left, step.pace.pollSeconds) : step.pace.pollSeconds,
          phase: 'planning',
          waitingFor: {
            kind: 'health',
            message: membership.fewerThanCapacity(found.listed, found.capacity),
          },
          changes: { shortSince: new Date(since).toISOString() },
        });
      case 'unreachable':
        return wait(step, {
          seconds: secondsUntilNextTry(step),
          phase: 'planning',
          waitingFor: { kind: 'unreachable', message: azure.unreachable(found.message) },
        });
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
    ...((plan.irreversible !== undefined || plan.delta.some(({ isSecret }) => isSecret === true)) && {
      isIrreversible: true,
    }),
    ...(plan.promisesHealth === true && { promisesHealth: true }),
    bystanders: bystandersOf(instances, rows),
    ...(plan.image !== undefined && { targetImage: plan.image }),
    ...(plan.restores?.policy !== undefined && { policyHeld: plan.restores.policy }),
    ...(plan.restores?.repairs === true && { repairsHeld: 'held' as const }),
    ...(plan.restoredGuards !== undefined && { restoredGuards: plan.restoredGuards }),
    batches: plan.batches.map((batch) => ({ ...batch, phase: 'pending' as const })),
    counts: countRows(rows),
  } as const;
  const words = `${plan.batches.length} batches over ${rows.length} instances, floor ${plan.floor}, plan ${plan.hash}`;
  if (!isNoop(plan)) {
    const events = [{ kind: 'planned', message: words }, ...takenOver(plan, record)];
    return planned((await finish(step, changes, events)).record);
  }
  if (plan.irreversible !== undefined) {
    const failure = notWhole();
    const halted = { direction: 'stop', endsAs: 'halted', failure, message: failure.message } as const;
    return redirect(await finish(step, changes), halted);
  }
  const idle = await finish(step, { ...changes, noop: true }, [
    { kind: 'planned', message: 'nothing to do' },
  ]);
  return redirect(idle, {
    direction: 'stop',
    endsAs: 'succeeded',
    message: 'there is nothing to do',
  });
}

function takenOver({ restores }: Plan, { spec, fencingToken }: RolloutRecord): readonly RolloutEvent[] {
  if (restores === undefined) return [];
  const { policy, repairs } = restores;
  const guards = [
    ...(policy === undefined ? [] : [`the upgrade policy ${policy}`]),
    ...(repairs === true ? ['automatic repairs'] : []),
  ].join(' and ');
  const left = `that rollout ${spec.restoreGuardsOf ?? spec.rollbackOf ?? ''} left held`;
  const message = `takes over ${guards}, ${left}, with fencing token ${fencingToken}`;
  return [{ kind: 'guardTakenOver', message }];
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
        step: 0,
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
  const redirection = {
    direction: 'stop',
    endsAs: 'refused',
    failure: { code, message, remedy },
    message: `refused: ${message}`,
  } as const;
  const { restoreGuardsOf } = step.record.spec;
  // Somebody has set the policy: nobody holds it any more.
  const isSettled = restoreGuardsOf !== undefined && code === 'modelChangedSince';
  return redirect(step, redirection, {
    changes: isSettled ? { restoredGuards: ['upgradePolicy'] } : {},
  });
}
