import type { InstanceChange } from '../log/entries.ts';
import { viewLagSeconds } from '../faults/view-lag.ts';
import type { World } from '../world.ts';
import { isServing, type Instance, type InstanceState } from '../store/instance.ts';
import { signalOf, type ScaleSet } from '../store/scale-set.ts';

/**
 * The only way in which an instance changes: writes each difference to the log and queues the new state for the
 * views, which show it some seconds later and never go back to an older one.
 */
export function changeInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  changes: Partial<InstanceState>,
): void {
  const before = instance.state;
  const servedBefore = isServing(before, signalOf(set, instance) !== 'none');
  const after = { ...before, ...changes };
  instance.state = after;
  show(world, set, instance);

  const note = (change: InstanceChange): void => writeInstanceEntry(world, set, instance, change);
  if (before.provisioning !== after.provisioning) note({ change: 'provisioning', value: after.provisioning });
  if (before.power !== after.power) note({ change: 'power', value: after.power });
  if (before.agent !== after.agent) note({ change: 'agent', value: after.agent });
  if (before.health !== after.health) {
    note({ change: 'health', value: after.health ?? 'absent' });
    world.onHealthChange(set, instance);
  }
  if (before.exactVersion !== after.exactVersion) note({ change: 'image', value: after.exactVersion });
  if (before.latestModelApplied !== after.latestModelApplied) {
    note({ change: 'latestModelApplied', value: after.latestModelApplied });
  }
  const serves = isServing(after, signalOf(set, instance) !== 'none');
  if (servedBefore !== serves) note({ change: 'serving', value: serves });
  if (before.exists && !after.exists) note({ change: 'deleted' });
}

export function writeInstanceEntry(
  world: World,
  set: ScaleSet,
  instance: Instance,
  change: InstanceChange,
): void {
  world.log.write(world.now(), { kind: 'instance', scaleSet: set.name, instance: instance.id, ...change });
}

/**
 * What the views show of an instance now, or showed so many seconds ago; undefined while they do not show it yet or
 * no longer.
 */
export function visibleState(world: World, instance: Instance, secondsAgo = 0): InstanceState | undefined {
  const oldest = world.now() - world.profile.listLagSeconds * 1000;
  while ((instance.visible[1]?.from ?? Number.POSITIVE_INFINITY) <= oldest) instance.visible.shift();
  const time = world.now() - secondsAgo * 1000;
  const shown = instance.visible.findLast(({ from }) => from <= time);
  return shown?.state.exists === true ? shown.state : undefined;
}

function show(world: World, set: ScaleSet, instance: Instance): void {
  const lag = viewLagSeconds(world, set, instance) * 1000;
  const earliest = instance.visible.at(-1)?.from ?? 0;
  instance.visible.push({ from: Math.max(earliest, world.now() + lag), state: instance.state });
}
