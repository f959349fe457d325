import { call } from '../../client/call.ts';
import { send, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { shortIdOf } from './short-id.ts';

/** Which rollout holds a scale set; a hint only, so that nothing fails where nobody can tell. */
export async function holderOf(context: Context, scaleSet: string): Promise<string | undefined> {
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
