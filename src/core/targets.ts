import type { PropertyChange } from './delta.ts';
import type { Instance } from './instances.ts';
import { parsePath } from './paths.ts';
import type { RolloutSpec } from './spec.ts';
import type { Undo } from './undo.ts';

export interface Targets {
  readonly targets: readonly Instance[];
  /** Those of the targets that are there already, and only get what the spec forces. */
  readonly forced: readonly string[];
  readonly skipped: readonly { readonly instance: string; readonly reason: string }[];
}

/** Which instances a rollout brings to its target, and why it leaves the others. */
export function targetsOf(
  instances: readonly Instance[],
  {
    spec,
    delta,
    image,
    undo,
  }: {
    readonly spec: RolloutSpec;
    readonly delta: readonly PropertyChange[];
    readonly image: string | undefined;
    readonly undo: Undo | undefined;
  },
): Targets {
  const touches = delta.some(({ path }) => touchesInstances(path));
  const isForced = spec.change.force !== undefined;
  const isThere = (instance: Instance): boolean =>
    !touches && instance.latestModelApplied && (image === undefined || instance.image === image);
  const reasonFor = (instance: Instance): string | undefined => {
    if (undo?.instances.includes(instance.instanceId) === false)
      return 'not touched by the rollout that is undone';
    if (instance.isProtected) return 'protected from actions of the scale set';
    if (instance.power === 'deallocated' || instance.power === 'stopped')
      return `not running: ${instance.power}`;
    return isThere(instance) && !isForced ? 'already on the target' : undefined;
  };
  const targets = instances.filter((instance) => reasonFor(instance) === undefined);
  return {
    targets,
    forced: isForced
      ? targets.filter((instance) => isThere(instance)).map(({ instanceId }) => instanceId)
      : [],
    skipped: instances.flatMap((instance) => {
      const reason = reasonFor(instance);
      return reason === undefined ? [] : [{ instance: instance.instanceId, reason }];
    }),
  };
}

/** Changes of tags or policies make no new model, so the instances stay on the latest (arm-vmss.md 3.3). */
function touchesInstances(path: string): boolean {
  const [first, second] = parsePath(path) ?? [];
  if (first?.kind !== 'name') return true;
  if (first.name === 'properties') return second?.kind === 'name' && second.name === 'virtualMachineProfile';
  return first.name === 'sku';
}
