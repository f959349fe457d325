import type { Off } from '../instance/power.ts';
import { aboutAction } from './table.ts';
import type { InstanceAction } from './table.ts';

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
  const needed =
    power === 'stopped' ? actions : actions.filter((action) => aboutAction(action).whileOff !== 'needless');
  if (policy === 'startFirst') return needed.includes('start') ? needed : ['start', ...needed];
  return needed.filter((action) => !['cannot', 'wakes'].includes(aboutAction(action).whileOff));
}

/** The actions for an instance that is to be off in the end, as it was found, but may run now. */
export function actionsToOff(actions: readonly InstanceAction[], power: Off): readonly InstanceAction[] {
  const first = actions.includes('deallocate') ? 'deallocate' : switchOff(power);
  const cold = actionsWhileOff(actions, power, 'upgradeCold');
  return [first, ...cold.filter((action) => action !== 'deallocate' && action !== 'powerOff')];
}
