import { restoreInstance } from './restore.ts';
import type { ProvisioningFailure } from '../../store/failure.ts';
import type { RollingUpgrade } from '../../store/rolling-upgrade.ts';
import type { ScaleSet } from '../../store/scale-set.ts';
import type { World } from '../../world.ts';
import { cancelOperation, completePart } from '../operation.ts';

/** The part of an operation that a rolling upgrade is; its instances are parts of their own. */
export const ROLLING_PART = 'rolling upgrade';

/** How many attempts the history keeps (arm-vmss.md 2.3). */
const KEPT_ATTEMPTS = 5;

export function endUpgrade(
  world: World,
  set: ScaleSet,
  upgrade: RollingUpgrade,
  status: 'Completed' | 'Cancelled' | 'Faulted',
): void {
  upgrade.status = status;
  upgrade.ended = world.now();
  upgrade.inProgress = [];
  if (upgrade.kind === 'osImage') set.history = [...set.history, upgrade].slice(-KEPT_ATTEMPTS);
  const { operation, error } = upgrade;
  if (status === 'Cancelled') {
    cancelOperation(world, operation);
    return;
  }
  if (error !== undefined) operation.failure = error;
  completePart(world, set, operation, ROLLING_PART);
}

/** Stops over a policy; where it says so, the instances that failed are brought back first. */
export function breach(
  world: World,
  set: ScaleSet,
  upgrade: RollingUpgrade,
  error: ProvisioningFailure,
): void {
  upgrade.error = error;
  const { policy, failed, restoresFailed } = upgrade;
  if (!policy.rollbackFailedInstancesOnPolicyBreach || restoresFailed || failed.length === 0) {
    endUpgrade(world, set, upgrade, 'Faulted');
    return;
  }
  upgrade.status = 'RollingBack';
  let left = failed.length;
  for (const id of failed) {
    const onEnd = (): void => {
      left -= 1;
      if (left === 0 && upgrade.status === 'RollingBack') endUpgrade(world, set, upgrade, 'Faulted');
    };
    restoreInstance(world, set, upgrade, { id, onEnd });
  }
}
