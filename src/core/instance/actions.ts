import type { ChangeClass } from '../model/change-class.ts';
import type { PropertyChange } from '../model/delta.ts';

/** What can be done to several instances at once through their scale set. */
export type GroupAction =
  | 'upgrade'
  | 'reimage'
  | 'restart'
  | 'redeploy'
  | 'deallocate'
  | 'powerOff'
  | 'start';

/** What can be done to an instance; its data disks are its own, and written one instance at a time. */
export type InstanceAction = GroupAction | 'dataDisks';

/**
 * What brings an instance to a changed model. Azure takes an OS profile only into a new disk, after the instance is on
 * the model; a size that the hardware under it does not offer only while it is deallocated (arm-vmss.md 3.3).
 */
export function actionsFor(
  delta: readonly PropertyChange[],
  changeClass: ChangeClass,
): readonly InstanceAction[] {
  if (changeClass === 'deallocate') return ['deallocate', 'upgrade', 'start'];
  const needsNewDisk = delta.some(({ path }) => path.startsWith('virtualMachineProfile.osProfile'));
  return needsNewDisk ? ['upgrade', 'reimage'] : ['upgrade'];
}

/** Whether an action takes its instance out of service, given what the change of the model does. */
export function takesDown(action: InstanceAction, isDisruptive: boolean): boolean {
  return action === 'upgrade' ? isDisruptive : action !== 'start' && action !== 'dataDisks';
}

/** The same on the way back: disks were last and come first, or the other way round. */
export function turnedRound(actions: readonly InstanceAction[]): readonly InstanceAction[] {
  if (!actions.includes('dataDisks')) return actions;
  const others = actions.filter((action) => action !== 'dataDisks');
  return actions[0] === 'dataDisks' ? [...others, 'dataDisks'] : ['dataDisks', ...others];
}
