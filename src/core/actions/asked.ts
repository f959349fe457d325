import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import { skips } from '../messages/instances.ts';
import { aboutAction } from './table.ts';
import type { AskedAction, InstanceAction } from './table.ts';

/** The one thing that a spec asks for instead of a change; to be upgraded is what every instance is without that. */
export function askedOf({
  change,
}: {
  readonly change: { readonly action?: AskedAction | 'upgrade' | undefined };
}): AskedAction | undefined {
  return change.action === 'upgrade' ? undefined : change.action;
}

/** Why an instance is left alone by an action that was asked for; `undefined` where it is done. */
export function whyNot(action: AskedAction, instance: Instance): string | undefined {
  // fence I15: protected instances are no targets of an action
  if (instance.isProtected) return skips.protected;
  const { shows, takesDown, leaves } = aboutAction(action);
  if (shows(instance, { since: Number.POSITIVE_INFINITY })) return skips.shownAlready(instance.power);
  const off = offStateOf(instance);
  const needsGuest = takesDown === 'always' && leaves === undefined;
  return off !== undefined && needsGuest ? skips.nothingToForce(off, action) : undefined;
}

/** Whether nothing is left of an instance once this was done to it. */
export function leavesNone(actions: readonly InstanceAction[]): boolean {
  const last = actions.at(-1);
  return last !== undefined && aboutAction(last).leaves === 'none';
}

/** Whether an instance is off once all of this was done to it. */
export function leavesOff(actions: readonly InstanceAction[]): boolean {
  const last = actions.at(-1);
  return last !== undefined && aboutAction(last).leaves === 'off';
}
