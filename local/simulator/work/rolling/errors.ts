import type { ProvisioningFailure } from '../../store/failure.ts';

/* The words of arm-vmss.md 3.4. */

export function tooManyUnhealthy(percent: number, limit: number, isBefore: boolean): ProvisioningFailure {
  const share = `${Math.round(percent)}% of instances are in an unhealthy state - more than the threshold of ${limit}%.`;
  return isBefore
    ? {
        code: 'MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade',
        message:
          'Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value defined in the ' +
          `RollingUpgradePolicy before the upgrade began. ${share}`,
      }
    : {
        code: 'MaxUnhealthyInstancePercentExceededInRollingUpgrade',
        message:
          'Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the ' +
          `RollingUpgradePolicy. ${share} To apply upgrades, consider increasing the MaxUnhealthyInstancePercent value.`,
      };
}

export function tooManyUnhealthyUpgraded(
  percent: number,
  limit: number,
  firstFailed: string,
): ProvisioningFailure {
  return {
    code: 'MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade',
    message:
      'Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the ' +
      `RollingUpgradePolicy. ${Math.round(percent)}% of instances are in an unhealthy state after being upgraded - ` +
      `more than the threshold of ${limit}%. The most impactful error is: Instance found to be unhealthy or ` +
      `unreachable.. First failed instance ID is: ${firstFailed}.`,
  };
}
