import type { RolloutSpec } from '../spec/spec.ts';
import type { InstanceAction } from './actions.ts';
import type { Instance } from './instances.ts';

/** `deallocated` has given its hardware back, `stopped` keeps it: off by a wish, and not back by itself. */
export type Off = 'deallocated' | 'stopped';

export type OffPolicy = 'skip' | 'upgradeCold' | 'startFirst';

/** How a plan deals with an instance that is off, or was before the rollout that it undoes. */
export interface SwitchedOff {
  readonly instance: string;
  readonly power: Off;
  /**
   * `cold`: gets the model and stays off. `started`: comes up first, and serves from then on. `offAgain`: another
   * rollout has started it, which this one undoes.
   */
  readonly as: 'cold' | 'started' | 'offAgain';
}

/** What undoes a rollout brings back everybody whom that one touched, also those that are off. */
export function offPolicyOf({ targets, rollbackOf }: Pick<RolloutSpec, 'targets' | 'rollbackOf'>): OffPolicy {
  return targets.deallocated ?? (rollbackOf === undefined ? 'skip' : 'upgradeCold');
}

/** How an instance is off, if it is. */
export function offStateOf({ power }: Pick<Instance, 'power'>): Off | undefined {
  return power === 'deallocated' || power === 'stopped' ? power : undefined;
}

/** What puts an instance back into the state that it was found in. */
export function switchOff(power: Off): InstanceAction {
  return power === 'stopped' ? 'powerOff' : 'deallocate';
}

/**
 * The actions for an instance that is off, out of those for one that runs. Hardware that it does not hold need not be
 * taken from it, and what does not run cannot be restarted: nothing may be left to do.
 */
export function actionsWhileOff(
  actions: readonly InstanceAction[],
  power: Off,
  policy: Exclude<OffPolicy, 'skip'>,
): readonly InstanceAction[] {
  const needed = power === 'stopped' ? actions : actions.filter((action) => action !== 'deallocate');
  if (policy === 'startFirst') return needed.includes('start') ? needed : ['start', ...needed];
  return needed.filter((action) => action !== 'start' && action !== 'restart' && action !== 'redeploy');
}

/** The actions for an instance that is to be off in the end, as it was found, but may run now. */
export function actionsToOff(actions: readonly InstanceAction[], power: Off): readonly InstanceAction[] {
  const first = actions.includes('deallocate') ? 'deallocate' : switchOff(power);
  const cold = actionsWhileOff(actions, power, 'upgradeCold');
  return [first, ...cold.filter((action) => action !== 'deallocate' && action !== 'powerOff')];
}
