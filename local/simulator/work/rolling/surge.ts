import { quotaShortageOf } from '../../faults/quota.ts';
import type { Instance } from '../../store/instance.ts';
import type { RollingUpgrade } from '../../store/rolling-upgrade.ts';
import type { ScaleSet } from '../../store/scale-set.ts';
import type { World } from '../../world.ts';
import { leave } from '../removal.ts';
import { createOne } from '../capacity.ts';

/** New instances first needs room; without it the upgrade happens in place (arm-vmss.md 3.3). */
export function canSurge(
  world: World,
  set: ScaleSet,
  upgrade: RollingUpgrade,
  batch: readonly Instance[],
): boolean {
  const outdated = batch.some(({ state }) => !state.latestModelApplied);
  return upgrade.kind === 'model' && outdated && quotaShortageOf(world, set.name) === undefined;
}

export function surge(
  world: World,
  set: ScaleSet,
  upgrade: RollingUpgrade,
  batch: readonly Instance[],
): Instance[] {
  return batch.map(() => createOne(world, set, upgrade.operation));
}

/** Each new instance that is well takes the place of an old one; one that is not leaves again. */
export function retire(
  world: World,
  set: ScaleSet,
  { operation }: RollingUpgrade,
  batch: { readonly old: readonly Instance[]; readonly bad: readonly Instance[] },
): void {
  const { old, bad } = batch;
  const leaving = [...old.slice(0, old.length - bad.length), ...bad];
  for (const instance of leaving) if (instance.state.exists) leave(world, set, instance, operation);
}
