import { audit } from '../../core/messages/audit.ts';
import { waits } from '../../core/messages/waits.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import { holdInModel, restorePolicy } from '../../core/model/guards.ts';
import { restoresGuard, POLICY_PART } from '../../core/model/parts.ts';
import { behindModel } from '../../core/plan/restore-guards.ts';
import { withRestored } from '../../core/record/held-guards.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { readPlan } from '../../store/plans.ts';
import type { KeptPlan } from '../../store/plans.ts';
import { finish } from '../frame/commit.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { followModel } from '../looks/follow-model.ts';
import { readInstances } from '../looks/read-instances.ts';
import { sendModel } from './model-write.ts';

/** The upgrade policy that is still to be restored. Somebody else's model is not ours to touch, its policy included. */
export function policyToRestore({ failure, policyHeld }: RolloutRecord): string | undefined {
  return failure?.code === 'conflict' ? undefined : policyHeld;
}

export type PolicyRestoring =
  | { readonly kind: 'restored' }
  /** These instances are not on the model, or nobody wants the policy restored any more. */
  | { readonly kind: 'staysHeld'; readonly instances: readonly string[] }
  | Leave;

/**
 * Only when every instance shows the current model: otherwise Azure would upgrade the rest at once. A write that was
 * started is followed to its end.
 */
export async function restoreHeldPolicy(
  step: Step,
  policy: string,
  { mayBegin }: { readonly mayBegin: boolean },
): Promise<PolicyRestoring> {
  const { phase, id } = step.record;
  const { operations } = step.records;
  const isBegun = operations.some(({ part }) => part === POLICY_PART);
  if (!mayBegin && !isBegun) return { kind: 'staysHeld', instances: [] };
  const early = await waitForViews(step, operations);
  if (early !== undefined) return leave(early);
  const seen = await readInstances(step, phase);
  if (seen.kind === 'leave') return seen;
  // fence V7: the policy stays held until every instance is on the model
  const behind = behindModel(seen.value);
  if (behind.length > 0 && !isBegun) return { kind: 'staysHeld', instances: behind };
  const kept = await readPlan(step.store, id);
  if (kept === undefined) return { kind: 'staysHeld', instances: [] };
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
    watched: watchedAtEnd(step.record, kept),
  });
  if (standing.kind === 'leave') return standing;
  if (standing.kind === 'taken') return policyRestored(step, policy, standing.modelHash);
  if (!mayBegin || behind.length > 0) return { kind: 'staysHeld', instances: behind };
  return leave(await sendModel(step, standing.set, { write, operations: standing.operations }));
}

async function policyRestored(step: Step, policy: string, modelHash: string): Promise<PolicyRestoring> {
  const restoredGuards = withRestored(step.record, 'upgradePolicy');
  await finish(step, { policyHeld: undefined, modelHash, restoredGuards }, [
    { kind: 'guardRestored', message: audit.policyRestored(policy) },
  ]);
  return { kind: 'restored' };
}

/** Right after a model write, views still say that every instance is on it. */
async function waitForViews(step: Step, operations: readonly Operation[]): Promise<Answer | undefined> {
  const { startedAt, createdAt, phase } = step.record;
  const times = operations
    .filter(({ kind, part }) => kind === 'model' && !restoresGuard(part))
    .map(({ endedAt, answeredAt, intendedAt }) => endedAt ?? answeredAt ?? intendedAt);
  const last = Math.max(...[startedAt ?? createdAt, ...times].map((time) => Date.parse(time)));
  const seconds = step.pace.viewLagSeconds - (step.now - last) / 1000;
  if (seconds <= 0) return undefined;
  return wait(step, {
    seconds,
    phase,
    waitingFor: { kind: 'operation', message: waits.views },
  });
}

/** All that the rollout has changed in the model, with what it held or took over. */
export function watchedAtEnd(record: RolloutRecord, { plan }: KeptPlan): readonly PropertyChange[] {
  const { delta, guards, restores = {} } = plan;
  return [...delta, ...pinOf(record), ...holdInModel(guards), ...holdInModel(restores)];
}

/** A rollback may have pinned an image that the rollout itself has not changed. */
function pinOf({ pinned }: RolloutRecord): readonly PropertyChange[] {
  if (pinned === undefined) return [];
  return [{ path: pinned.path, before: pinned.was, after: pinned.now, class: 'reimage' }];
}
