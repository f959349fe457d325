import type { PropertyChange } from './delta.ts';
import type { Model } from './model.ts';
import { isObject } from './paths.ts';

/** What Azure would do by itself in the middle of a rollout, and has to be switched off for its time. */
export interface Guards {
  /** The upgrade policy, where it is another one than Manual. */
  readonly policy?: string;
  readonly repairs?: true;
  /** Azure brings the set to newer images by itself, at a time of its own. */
  readonly osUpgrades?: true;
}

export function guardsOf(model: Model): Guards {
  const { properties } = model;
  const settings = isObject(properties) ? properties : {};
  const policy = settings['upgradePolicy'];
  const mode = isObject(policy) ? policy['mode'] : undefined;
  const repairs = settings['automaticRepairsPolicy'];
  const isRepairing = isObject(repairs) && repairs['enabled'] === true;
  return {
    ...(typeof mode === 'string' && mode !== 'Manual' && { policy: mode }),
    ...(isRepairing && { repairs: true as const }),
    ...(upgradesItself(model) && { osUpgrades: true as const }),
  };
}

export const POLICY_MODE = 'upgradePolicy.mode';

export const OS_UPGRADES = 'upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade';

/** Lets Azure upgrade the image by itself again. */
export function restoreOsUpgrades(): readonly PropertyChange[] {
  return [{ path: OS_UPGRADES, before: false, after: true, class: 'none' }];
}

/** Restores a held upgrade policy. */
export function restorePolicy({ policy }: Guards): readonly PropertyChange[] {
  if (policy === undefined) return [];
  return [{ path: POLICY_MODE, before: 'Manual', after: policy, class: 'none' }];
}

/** Restores all of the model that was held. */
export function restoreInModel(guards: Guards): readonly PropertyChange[] {
  return [...restorePolicy(guards), ...(guards.osUpgrades === true ? restoreOsUpgrades() : [])];
}

/**
 * Holds the upgrade policy at Manual and switches automatic OS upgrades off, in the same write as the change: Azure must
 * not begin by itself in between.
 */
export function holdInModel({ policy, osUpgrades }: Guards): readonly PropertyChange[] {
  const changes: PropertyChange[] = [];
  // fence V7: the policy is held in the same write as the change
  if (policy !== undefined) {
    changes.push({ path: POLICY_MODE, before: policy, after: 'Manual', class: 'none' });
  }
  // fence V7: automatic OS upgrades are held in the same write as the change
  if (osUpgrades === true) changes.push({ path: OS_UPGRADES, before: true, after: false, class: 'none' });
  return changes;
}

/** Whether a change is none that was asked for, but holds what Azure would do by itself. */
export function isHeld({ path }: Pick<PropertyChange, 'path'>): boolean {
  return path === POLICY_MODE || path === OS_UPGRADES;
}

/**
 * All that the first writes change: the change, and with it what is held. Where nothing is changed a policy has nothing
 * to act on, but Azure may upgrade the image all the same.
 */
export function modelWrites(delta: readonly PropertyChange[], guards: Guards): readonly PropertyChange[] {
  return delta.length === 0 && guards.osUpgrades !== true ? [] : [...delta, ...holdInModel(guards)];
}

/** Whether Azure brings the set to newer images by itself, at a time of its own. */
export function upgradesItself({ properties }: Model): boolean {
  const policy = isObject(properties) ? properties['upgradePolicy'] : undefined;
  const own = isObject(policy) ? policy['automaticOSUpgradePolicy'] : undefined;
  return isObject(own) && own['enableAutomaticOSUpgrade'] === true;
}
