import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import type { RolloutRecord } from '../record/rollout.ts';

/**
 * Instances as they are to be judged: where the model promises a health signal, a view that shows none says nothing. It
 * is unknown then, not absent, since nobody has said that the instance is well.
 */
export function asPromised(
  instances: readonly Instance[],
  { promisesHealth }: Pick<RolloutRecord, 'promisesHealth'>,
): readonly Instance[] {
  // fence I16: a promised signal that does not show is not healthy
  if (promisesHealth !== true) return instances;
  return instances.map((instance) =>
    instance.health === undefined && offStateOf(instance) === undefined
      ? { ...instance, health: { state: 'unknown' } }
      : instance,
  );
}
