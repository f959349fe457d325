import type { Plan, Rollout, SetInstance } from '../api/shapes.ts';
import { hasEnded } from './status.ts';
import { secondsBetween } from './time.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Instances that serve, by what Azure shows; `undefined` before it has answered. */
  readonly serving: number | undefined;
  /** Of the plan's time what is left for the instances that are still to come; after the end what it took. */
  readonly secondsLeft: number | undefined;
}

export function progressOf({
  rollout,
  plan,
  inSet,
  now,
}: {
  readonly rollout: Rollout;
  readonly plan: Plan | undefined;
  readonly inSet: readonly SetInstance[];
  readonly now: number;
}): Progress {
  const { upgraded, total, pending, upgrading } = rollout.instances;
  const expected = plan?.expected?.seconds;
  const share = total === 0 ? 0 : (pending + upgrading) / total;
  return {
    done: upgraded,
    total,
    serving: inSet.length === 0 ? undefined : inSet.filter(serves).length,
    secondsLeft: hasEnded(rollout)
      ? secondsBetween(rollout.startedAt, rollout.endedAt, now)
      : expected === undefined
        ? undefined
        : expected * share,
  };
}

/** As far as a list shows it: running, provisioned, and not known to be sick. */
function serves({ power, provisioningState, health }: SetInstance): boolean {
  return (
    power === 'running' && provisioningState === 'Succeeded' && (health === null || health === 'healthy')
  );
}
