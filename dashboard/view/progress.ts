import type { Plan, Rollout, SetInstance } from '../api/shapes.ts';
import { hasEnded } from './status.ts';
import { secondsBetween } from './time.ts';

/** Of the plan's time what is left for the instances that are still to come; after the end what it took. */
export function secondsLeft({
  rollout,
  plan,
  now,
}: {
  readonly rollout: Rollout;
  readonly plan: Plan | undefined;
  readonly now: number;
}): number | undefined {
  if (hasEnded(rollout)) return secondsBetween(rollout.startedAt, rollout.endedAt, now);
  const { total, pending, upgrading } = rollout.instances;
  const share = total === 0 ? 0 : (pending + upgrading) / total;
  return plan?.expected === undefined ? undefined : plan.expected.seconds * share;
}

/** Instances that serve, by what Azure shows; `undefined` before it has answered. */
export function servingIn(inSet: readonly SetInstance[]): number | undefined {
  return inSet.length === 0 ? undefined : inSet.filter(serves).length;
}

/** As far as a list shows it: running, provisioned, and not known to be sick. */
function serves({ power, provisioningState, health }: SetInstance): boolean {
  return (
    power === 'running' && provisioningState === 'Succeeded' && (health === null || health === 'healthy')
  );
}
