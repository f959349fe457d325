import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import type { RolloutRecord } from '../record/rollout.ts';

/**
 * Instances as they are to be judged: where the model promises a health signal, a view that shows none says nothing. It
 * is unknown then, not absent, since nobody has said that the instance is well. Extensions whose failures are suppressed
 * say nothing.
 */
export function asPromised(
  instances: readonly Instance[],
  { promisesHealth, suppressed = [] }: Pick<RolloutRecord, 'promisesHealth' | 'suppressed'>,
): readonly Instance[] {
  return suppressed.length === 0
    ? withPromised(instances, promisesHealth)
    : withPromised(
        instances.map((instance) => withoutSuppressed(instance, suppressed)),
        promisesHealth,
      );
}

/** What the owner told Azure not to fail on is no failure here either (case 06). */
function withoutSuppressed(instance: Instance, suppressed: readonly string[]): Instance {
  if (instance.extensions === undefined) return instance;
  const extensions = instance.extensions.filter(({ name }) => !suppressed.includes(name));
  return { ...instance, extensions };
}

function withPromised(
  instances: readonly Instance[],
  promisesHealth: boolean | undefined,
): readonly Instance[] {
  // fence I16: a promised signal that does not show is not healthy
  if (promisesHealth !== true) return instances;
  return instances.map((instance) =>
    instance.health === undefined && offStateOf(instance) === undefined
      ? { ...instance, health: { state: 'unknown' } }
      : instance,
  );
}
