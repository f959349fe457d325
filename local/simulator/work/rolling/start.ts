import { valueAt } from '../../model/json.ts';
import type { OperationKind } from '../../operations/table.ts';
import type { Operation } from '../../store/operations.ts';
import { rollingPolicyOf, type RollingKind } from '../../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../../store/scale-set.ts';
import type { World } from '../../world.ts';
import { startOperation } from '../operation.ts';
import { startRollingUpgrade } from './run.ts';

const OS_POLICY = 'properties.upgradePolicy.automaticOSUpgradePolicy';

/** A user's POST osRollingUpgrade or extensionRollingUpgrade; nothing is restored by itself (arm-vmss.md 3.3). */
export function rollOut(
  world: World,
  set: ScaleSet,
  kind: RollingKind,
  operationKind: OperationKind,
): Operation {
  const operation = startOperation(world, set, operationKind, everyInstance(set));
  const policy = rollingPolicyOf(set.model);
  startRollingUpgrade(world, set, { kind, startedBy: 'User', operation, policy, restoresFailed: false });
  return operation;
}

/** Starts the walk that a write of the model in mode Rolling brings with it; the write lasts as long. */
export function rollOutModel(world: World, set: ScaleSet, operation: Operation): void {
  const policy = rollingPolicyOf(set.model);
  startRollingUpgrade(world, set, {
    kind: 'model',
    startedBy: 'User',
    operation,
    policy,
    restoresFailed: false,
  });
}

/** The platform's own OS upgrade: a fifth of the set at a time, failed instances get their old disk back. */
export function rollOutByPlatform(world: World, set: ScaleSet): void {
  const operation = startOperation(world, set, 'platformUpgrade', everyInstance(set));
  const own = valueAt(set.model, `${OS_POLICY}.useRollingUpgradePolicy`) === true;
  const policy = rollingPolicyOf(set.model);
  startRollingUpgrade(world, set, {
    kind: 'osImage',
    startedBy: 'Platform',
    operation,
    policy: own
      ? policy
      : { ...policy, maxBatchInstancePercent: Math.min(20, policy.maxBatchInstancePercent) },
    restoresFailed: valueAt(set.model, `${OS_POLICY}.disableAutomaticRollback`) !== true,
  });
}

function everyInstance(set: ScaleSet): string[] {
  return liveInstances(set).map(({ id }) => id);
}
