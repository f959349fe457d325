import type { PropertyChange } from './delta.ts';
import type { Model } from './model.ts';
import { isObject } from './paths.ts';

/** What Azure would do by itself in the middle of a rollout, and has to be switched off for its time. */
export interface Guards {
  /** The upgrade policy, where it is another one than Manual. */
  readonly policy?: string;
  readonly repairs?: true;
}

export function guardsOf({ properties }: Model): Guards {
  const settings = isObject(properties) ? properties : {};
  const policy = settings['upgradePolicy'];
  const mode = isObject(policy) ? policy['mode'] : undefined;
  const repairs = settings['automaticRepairsPolicy'];
  const isRepairing = isObject(repairs) && repairs['enabled'] === true;
  return {
    ...(typeof mode === 'string' && mode !== 'Manual' && { policy: mode }),
    ...(isRepairing && { repairs: true as const }),
  };
}

export const POLICY_MODE = 'upgradePolicy.mode';

/** Gives a held upgrade policy back. */
export function restorePolicy({ policy }: Guards): readonly PropertyChange[] {
  if (policy === undefined) return [];
  return [{ path: POLICY_MODE, before: 'Manual', after: policy, class: 'none' }];
}

/** Holds the upgrade policy at Manual, in the same write as the change: Azure must not begin by itself in between. */
export function holdPolicy({ policy }: Guards): readonly PropertyChange[] {
  // fence V7: the policy is held in the same write as the change
  if (policy === undefined) return [];
  return [{ path: POLICY_MODE, before: policy, after: 'Manual', class: 'none' }];
}

/** Whether Azure brings the set to newer images by itself, at a time of its own. */
export function upgradesItself({ properties }: Model): boolean {
  const policy = isObject(properties) ? properties['upgradePolicy'] : undefined;
  const own = isObject(policy) ? policy['automaticOSUpgradePolicy'] : undefined;
  return isObject(own) && own['enableAutomaticOSUpgrade'] === true;
}
