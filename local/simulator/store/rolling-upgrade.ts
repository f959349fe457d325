import { valueAt } from '../model/json.ts';
import type { ImageReference, ScaleSetModel } from '../model/schema.ts';
import { secondsOfIso } from '../time/iso-duration.ts';
import type { ProvisioningFailure } from './failure.ts';
import type { InstanceState } from './instance.ts';
import type { Operation } from './operations.ts';

/** rollingUpgradePolicy as it holds for one upgrade. */
export interface RollingPolicy {
  readonly maxBatchInstancePercent: number;
  readonly maxUnhealthyInstancePercent: number;
  readonly maxUnhealthyUpgradedInstancePercent: number;
  readonly pauseTimeBetweenBatches: string;
  readonly maxSurge: boolean;
  readonly rollbackFailedInstancesOnPolicyBreach: boolean;
  readonly enableCrossZoneUpgrade?: boolean;
  readonly prioritizeUnhealthyInstances?: boolean;
}

/** What is rolled out: the model, the newest OS image, or the newest extensions. */
export type RollingKind = 'model' | 'osImage' | 'extensions';

export interface RollingUpgrade {
  readonly kind: RollingKind;
  readonly startedBy: 'User' | 'Platform';
  readonly operation: Operation;
  readonly policy: RollingPolicy;
  readonly started: number;
  readonly targetImage: ImageReference;
  /** Instances that become what they were when they turn out unhealthy, whatever the policy says. */
  readonly restoresFailed: boolean;
  status: 'RollingForward' | 'RollingBack' | 'Cancelled' | 'Completed' | 'Faulted';
  ended: number | undefined;
  lastAction: 'Start' | 'Cancel';
  lastActionTime: number;
  pending: string[];
  inProgress: string[];
  readonly succeeded: string[];
  readonly failed: string[];
  /** What upgraded instances were before. */
  readonly previous: Map<string, InstanceState>;
  rolledBack: number;
  error: ProvisioningFailure | undefined;
}

const POLICY = 'properties.upgradePolicy.rollingUpgradePolicy';

export function rollingPolicyOf(model: ScaleSetModel): RollingPolicy {
  const number = (name: string, otherwise: number): number => {
    const value = valueAt(model, `${POLICY}.${name}`);
    return typeof value === 'number' ? value : otherwise;
  };
  const flag = (name: string): boolean => valueAt(model, `${POLICY}.${name}`) === true;
  const pause = valueAt(model, `${POLICY}.pauseTimeBetweenBatches`);
  return {
    maxBatchInstancePercent: number('maxBatchInstancePercent', 20),
    maxUnhealthyInstancePercent: number('maxUnhealthyInstancePercent', 20),
    maxUnhealthyUpgradedInstancePercent: number('maxUnhealthyUpgradedInstancePercent', 20),
    pauseTimeBetweenBatches: typeof pause === 'string' ? pause : 'PT0S',
    maxSurge: flag('maxSurge'),
    rollbackFailedInstancesOnPolicyBreach: flag('rollbackFailedInstancesOnPolicyBreach'),
    ...(flag('enableCrossZoneUpgrade') ? { enableCrossZoneUpgrade: true } : {}),
    ...(flag('prioritizeUnhealthyInstances') ? { prioritizeUnhealthyInstances: true } : {}),
  };
}

export function pauseSecondsOf(policy: RollingPolicy): number {
  return secondsOfIso(policy.pauseTimeBetweenBatches) ?? 0;
}

export function isRolling(upgrade: RollingUpgrade | undefined): upgrade is RollingUpgrade {
  return upgrade?.status === 'RollingForward' || upgrade?.status === 'RollingBack';
}
