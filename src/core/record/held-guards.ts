import type { Guards } from '../model/guards.ts';
import type { GuardName, HeldGuard, RolloutRecord } from './rollout.ts';

/** A guard that an ended rollout could not restore, and what restores it. */
export interface GuardLeft extends HeldGuard {
  readonly rolloutId: string;
  readonly scaleSet: string;
}

/** What a record holds once the first write is in. */
export function heldInModel({
  policy,
  osUpgrades,
}: Guards): Pick<RolloutRecord, 'policyHeld' | 'osUpgradesHeld'> {
  return {
    ...(policy !== undefined && { policyHeld: policy }),
    ...(osUpgrades === true && { osUpgradesHeld: true as const }),
  };
}

/** The guards that a rollout has restored, with one more. */
export function withRestored({ restoredGuards = [] }: RolloutRecord, guard: GuardName): readonly GuardName[] {
  return [...new Set([...restoredGuards, guard])];
}
