import type { RollingUpgrade } from '../store/rolling-upgrade.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

const TYPE = 'Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades';

/** `rollingUpgrades/latest` carries neither id nor name (arm-vmss.md 2.3). */
export function latestUpgradeView(world: World, set: ScaleSet, upgrade: RollingUpgrade): object {
  return {
    type: TYPE,
    location: set.location,
    properties: {
      policy: upgrade.policy,
      runningStatus: {
        code: upgrade.status,
        startTime: world.wireTime.date(upgrade.started),
        lastAction: upgrade.lastAction,
        lastActionTime: world.wireTime.date(upgrade.lastActionTime),
      },
      progress: progressOf(upgrade),
      ...(upgrade.error === undefined ? {} : { error: upgrade.error }),
    },
  };
}

/** What a set without any upgrade may answer. */
export function noUpgradeView(set: ScaleSet): object {
  return { type: TYPE, location: set.location, properties: {} };
}

/** One attempt in `osUpgradeHistory`. */
export function historyItem(world: World, set: ScaleSet, upgrade: RollingUpgrade): object {
  const { publisher, offer, sku, version, id } = upgrade.targetImage;
  return {
    properties: {
      runningStatus: {
        code: upgrade.status,
        startTime: world.wireTime.date(upgrade.started),
        ...(upgrade.ended === undefined ? {} : { endTime: world.wireTime.date(upgrade.ended) }),
      },
      progress: progressOf(upgrade),
      ...(upgrade.error === undefined ? {} : { error: upgrade.error }),
      startedBy: upgrade.startedBy,
      targetImageReference: id === undefined ? { publisher, offer, sku, version } : { id },
      rollbackInfo: {
        successfullyRolledbackInstanceCount: upgrade.rolledBack,
        failedRolledbackInstanceCount: 0,
      },
    },
    type: TYPE,
    location: set.location,
  };
}

function progressOf({ succeeded, failed, inProgress, pending }: RollingUpgrade): object {
  return {
    successfulInstanceCount: succeeded.length,
    failedInstanceCount: failed.length,
    inProgressInstanceCount: inProgress.length,
    pendingInstanceCount: pending.length,
  };
}
