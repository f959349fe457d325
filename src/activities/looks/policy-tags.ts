import { tagsRead } from '../../core/access/policy.ts';
import { retagged, tagsOf } from '../../core/model/tags.ts';
import { failures } from '../../core/messages/failures.ts';
import type { Model } from '../../core/model/model.ts';
import type { Answer } from '../../core/run/answer.ts';
import { readPlan } from '../../store/plans.ts';
import { readPolicy } from '../../store/policy.ts';
import type { Step } from '../frame/step.ts';
import { stopFor } from '../frame/stop.ts';

/**
 * Stops a rollout that goes forward once its scale set shows other tags than it was accepted with, of those that the
 * policy reads: other rules and other people's rights may hold there by now. What it changes itself was judged before.
 */
export async function stopIfRetagged(step: Step, model: Model): Promise<Answer | undefined> {
  const { id, scaleSet, tags: before, direction } = step.record;
  if (before === undefined || direction !== 'forward') return undefined;
  const { policy } = await readPolicy(step.store);
  const names = tagsRead(policy, scaleSet);
  const tags = { before, now: tagsOf(model) };
  // Most of the time nothing is, and the plan need not be read.
  if (retagged(tags, [], names).length === 0) return undefined;
  const foreign = retagged(tags, (await readPlan(step.store, id))?.plan.delta ?? [], names);
  // fence I14: nothing is sent to a scale set whose tags no longer choose the rules that it was accepted under
  if (foreign.length === 0) return undefined;
  return stopFor(step, {
    code: 'conflict',
    message: failures.retagged(foreign),
    remedy: failures.retaggedRemedy,
  });
}
