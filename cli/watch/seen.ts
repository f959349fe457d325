import { call } from '../../client/call.ts';
import { send, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import type { Seen } from './progress.ts';

export const NOTHING_SEEN: Seen = { instances: [], expectedSeconds: undefined };

/** What a picture shows beside the rollout; what the app does not give now is left as it was. */
export async function seenNow(context: Context, id: string, before: Seen): Promise<Seen> {
  const path = { id };
  const { instances, expectedSeconds } = before;
  return {
    instances: await orElse(instances, async () => {
      const answer = await send(context, call('getInstances', { path }));
      return understand(context, answer, shapes.Instances).value;
    }),
    expectedSeconds:
      expectedSeconds ??
      (await orElse(undefined, async () => {
        const answer = await send(context, call('getPlan', { path }));
        return understand(context, answer, shapes.Plan).expected?.seconds;
      })),
  };
}

async function orElse<T>(before: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return before;
  }
}
