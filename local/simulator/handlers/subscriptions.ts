import type { Reply } from '../calls/call.ts';
import type { World } from '../world.ts';

export function listSubscriptions(world: World): Reply {
  const { subscriptionId } = world;
  const subscription = {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    displayName: 'Simulated subscription',
    state: 'Enabled',
  };
  return { status: 200, body: { value: [subscription], count: { type: 'Total', value: 1 } } };
}
