import type { ChangeClass } from '../model/change-class.ts';
import { needsNewDisk } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import { aboutAction } from './table.ts';
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

/** The same in a rollback: what has an inverse was last and comes first, or was first and comes last. */
export function inverseActions(actions: readonly InstanceAction[]): readonly InstanceAction[] {
  const hasInverse = (action: InstanceAction): boolean => aboutAction(action).undoneBy === 'inverse';
  const [inverted, others] = [
    actions.filter((one) => hasInverse(one)),
    actions.filter((one) => !hasInverse(one)),
  ];
  const [first] = actions;
  return first !== undefined && hasInverse(first) ? [...others, ...inverted] : [...inverted, ...others];
}
