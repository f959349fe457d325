import { failures } from '../../core/messages/failures.ts';
import { refuse } from '../../core/messages/refusals.ts';
import { isApplied } from '../../core/model/shown-delta.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import type { Model } from '../../core/model/model.ts';
import type { EndPhase } from '../../core/record/phase.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { readPlan } from '../../store/plans.ts';
import type { Changes } from './commit.ts';
import { redirect } from './redirect.ts';
import type { Step } from './step.ts';

export function refusalOf({ code, message }: { readonly code: string; readonly message: string }): Failure {
  const refusal = /limit of \d+ models/i.test(message)
    ? refuse('tooManyModels', message)
    : refuse('writeRefused', `${code}: ${message}`);
  return { code: refusal.code, message: refusal.message, remedy: refusal.remedy };
}

/** Azure accepted a write but left properties unchanged, without a reason. */
export function ignoredBy(model: Model, delta: readonly PropertyChange[]): Failure {
  const paths = delta.filter((change) => !isApplied(model, [change])).map(({ path }) => path);
  const { code, message, remedy } = refuse('writeIgnored', failures.modelIgnored(paths));
  return { code, message, remedy };
}

/**
 * Going forward, the rollout is refused, unless an earlier part of its change was written: that is rolled back. In a
 * rollback, an operator must act.
 */
export async function modelRefused(step: Step, failure: Failure, refusedAs?: EndPhase): Promise<Answer> {
  const { direction } = step.record;
  if (refusedAs === undefined && direction === 'forward' && (await isPartlyIn(step))) {
    return redirect(step, { direction: 'rollback', failure, message: failure.message });
  }
  const endsAs = refusedAs ?? (direction === 'rollback' ? 'failed' : 'refused');
  const redirection = { direction: 'stop', endsAs, failure, message: failure.message } as const;
  return redirect(step, redirection, { changes: refusedAs === undefined ? {} : beforeGuards(step) });
}

/** A second try may restore the guard: then the rollout ends as it went. */
export function beforeGuards({ record }: Step): Changes {
  const { direction, failure } = record;
  // fence V7: a guard that is restored after all fails no rollout
  if (direction === 'stop') return {};
  return { beforeGuards: { direction, ...(failure !== undefined && { failure }) } };
}

/** Whether the model is no longer the one that the plan was made for: only our own writes change what we know of it. */
async function isPartlyIn({ record, store }: Step): Promise<boolean> {
  const kept = await readPlan(store, record.id);
  return kept !== undefined && kept.plan.modelHash !== record.modelHash;
}
