import type { ChangeClass } from '../model/change-class.ts';
import { needsNewDisk } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import { aboutAction, ACTION_NAMES } from './table.ts';
import type { InstanceAction } from './table.ts';

/**
 * What brings an instance to a changed model. Azure takes most of an OS profile only into a new disk, after the
 * instance is on the model; what the hardware under it decides only while it is deallocated (arm-vmss.md 3.3).
 */
export function actionsFor(
  delta: readonly PropertyChange[],
  changeClass: ChangeClass,
): readonly InstanceAction[] {
  const upgrade: readonly InstanceAction[] =
    changeClass === 'deallocate' ? ['deallocate', 'upgrade', 'start'] : ['upgrade'];
  return needsNewDisk(delta) ? [...upgrade, 'reimage'] : upgrade;
}

/** Whether an action takes its instance out of service, given what the change of the model does. */
export function takesDown(action: InstanceAction, isDisruptive: boolean): boolean {
  const down = aboutAction(action).takesDown;
  return down === 'asItsChange' ? isDisruptive : down === 'always';
}

/** What attaches and detaches the disks that an instance's row names. */
export const DISK_ACTIONS: readonly InstanceAction[] = ACTION_NAMES.filter((name) => worksOnDisks(name));

export function worksOnDisks(action: InstanceAction | undefined): boolean {
  return action !== undefined && aboutAction(action).worksOn === 'disks';
}

/** Whether something of its own undoes it; anything else is undone by bringing its instance to the old model. */
export function hasInverse(action: InstanceAction): boolean {
  return aboutAction(action).undoneBy === 'inverse';
}

/** The same in a rollback: what has an inverse was last and comes first, or was first and comes last. */
export function inverseActions(actions: readonly InstanceAction[]): readonly InstanceAction[] {
  const [inverted, others] = [
    actions.filter((one) => hasInverse(one)),
    actions.filter((one) => !hasInverse(one)),
  ];
  const [first] = actions;
  return first !== undefined && hasInverse(first) ? [...others, ...inverted] : [...inverted, ...others];
}
