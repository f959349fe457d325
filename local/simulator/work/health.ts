import { conditionOf } from '../faults/ailments.ts';
import type { HealthSignal } from '../model/schema.ts';
import { changeInstance } from '../views/change.ts';
import type { HealthState, Instance, InstanceState } from '../store/instance.ts';
import { liveInstances, signalOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

/** Lets the guest show how it is; does nothing before the guest has booted. */
export function probe(world: World, set: ScaleSet, instance: Instance): void {
  if (!instance.probed || !instance.state.exists) return;
  const condition = conditionOf(world, set, instance);
  const agent = condition === 'agentNotReady' ? 'notReady' : 'ready';
  const seen = condition === 'well' ? 'healthy' : condition === 'agentNotReady' ? 'unknown' : condition;
  const health = reported(signalOf(set, instance), seen);
  const { state } = instance;
  if (agent === state.agent && health === state.health) return;
  changeInstance(world, set, instance, {
    ...(agent === state.agent ? {} : { agent, agentTime: world.now() }),
    ...(health === state.health ? {} : healthNow(world, health)),
  });
}

export function probeAll(world: World, set: ScaleSet): void {
  for (const instance of liveInstances(set)) probe(world, set, instance);
}

export function healthNow(world: World, health: HealthState | undefined): Partial<InstanceState> {
  return { health, healthTime: world.now() };
}

/** What a signal can express: a binary one calls everything that is not healthy unhealthy (arm-vmss.md 3.1). */
export function reported(signal: HealthSignal, health: HealthState): HealthState | undefined {
  if (signal === 'none') return undefined;
  return signal === 'binary' && health !== 'healthy' ? 'unhealthy' : health;
}

/** Health of an instance that is down; which of the two the service shows is not documented. */
export function healthWhileDown(world: World, set: ScaleSet, instance: Instance): HealthState | undefined {
  const { healthWhileDown: choice } = world.profile;
  const coin = world.random(`healthWhileDown/${set.name}/${instance.id}`);
  const absent = choice === 'absent' || (choice === 'either' && coin.chance(0.5));
  return absent ? undefined : reported(signalOf(set, instance), 'unknown');
}
