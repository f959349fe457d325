import type { RolloutSpec } from '../../client/types.ts';
import { confirmed } from '../ask.ts';
import type { Context } from '../context.ts';
import { holderOf } from '../find/holder.ts';
import { planText } from '../show/plan.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { makePlan } from './plan.ts';

interface Question {
  /** What is asked, of a scale set of that name. */
  readonly asks: (scaleSet: string) => string;
  /** What is told when the answer is no. */
  readonly otherwise: string;
}

/** The spec, bound to the plan that was shown; nothing where the answer was no. Where nobody sits, as it is. */
export async function reviewed(
  spec: RolloutSpec,
  context: Context,
  { asks, otherwise }: Question,
): Promise<RolloutSpec | undefined> {
  if (context.ask === undefined) return spec;
  const plan = await makePlan(spec, context);
  context.err(planText(plan, await holderOf(context, plan, spec)));
  if (plan.batches.length === 0 && plan.delta.length === 0) return spec;
  if (!(await confirmed(context, asks(plain(scaleSetName(plan.scaleSet))), otherwise))) return undefined;
  return { ...spec, planHash: spec.planHash ?? plan.hash };
}
