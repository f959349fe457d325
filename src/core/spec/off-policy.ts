import type { OffPolicy } from '../actions/switched-off.ts';
import type { RolloutSpec } from './spec.ts';

/** What undoes a rollout includes everybody whom that one touched, also those that are off. */
export function offPolicyOf({ targets, rollbackOf }: Pick<RolloutSpec, 'targets' | 'rollbackOf'>): OffPolicy {
  return targets.deallocated ?? (rollbackOf === undefined ? 'skip' : 'upgradeCold');
}
