import { call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { send, understand } from '../api/client.ts';
import { shapes, type Plan } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { shortIdOf } from './short-id.ts';

/**
 * Which rollout holds the scale set of a plan, so that a start is refused; none where the spec would wait for it. A hint
 * only, so that nothing fails where nobody can tell.
 */
export async function holderOf(
  context: Context,
  { scaleSet }: Pick<Plan, 'scaleSet'>,
  { onBusy = 'refuse' }: Pick<RolloutSpec, 'onBusy'>,
): Promise<string | undefined> {
  if (onBusy !== 'refuse') return undefined;
  try {
    const answer = await send(context, call('getLeases', {}));
    const { value } = understand(context, answer, shapes.Leases);
    const lease = value.find((one) => one.scaleSet.toLowerCase() === scaleSet.toLowerCase());
    return lease && shortIdOf(lease.rolloutId);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return undefined;
  }
}
