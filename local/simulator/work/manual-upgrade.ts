import {
  concurrentRequest,
  inactiveInstance,
  invalidParameter,
  operationNotAllowed,
} from '../errors/catalogue.ts';
import type { Mishaps } from '../faults/mishaps.ts';
import { isProtected, type Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { shares, startInstanceOperation } from './instance-operation.ts';
import { passRollingUpgrade } from './rolling/guard.ts';
import { runningInstanceOperations } from './preempt.ts';
import { upgradeInstance } from './upgrade.ts';

/** The instances that a call names, or the refusal; `*` stands for all of them. */
export function namedInstances(world: World, set: ScaleSet, ids: readonly string[]): Instance[] {
  if (ids.length > world.profile.maxInstanceIdsPerCall) {
    throw invalidParameter(
      'instanceIds',
      `At most ${world.profile.maxInstanceIdsPerCall} instanceIds are allowed.`,
    );
  }
  const live = liveInstances(set).filter((instance) => instance.state.provisioning !== 'Deleting');
  if (ids.includes('*')) return live.filter((instance) => !isProtected(instance.state));
  const named = [...new Set(ids)].map((id) => {
    const instance = live.find((candidate) => candidate.id === id);
    if (instance === undefined) throw inactiveInstance(id);
    return instance;
  });
  const guarded = named.find((instance) => isProtected(instance.state));
  if (guarded !== undefined && world.profile.protectedInstanceNamed === 'conflict') {
    throw operationNotAllowed(`Instance '${guarded.id}' is protected from scale set actions.`);
  }
  return named.filter((instance) => !isProtected(instance.state));
}

/** Throws where the service refuses another operation on instances beside the ones that run. */
export function checkOverlap(world: World, set: ScaleSet, instances: readonly Instance[]): void {
  passRollingUpgrade(world, set);
  const { overlappingOperations, upgradeDuringModelWrite } = world.profile;
  const writing = set.settledGeneration !== set.generation;
  if (writing && upgradeDuringModelWrite === 'conflict') throw concurrentRequest();
  const others = runningInstanceOperations(world, set).some((operation) => !shares(operation, instances));
  if (others && overlappingOperations === 'conflict') throw concurrentRequest();
}

export function startManualUpgrade(
  world: World,
  set: ScaleSet,
  instances: readonly Instance[],
  mishaps: Mishaps,
): Operation {
  return startInstanceOperation(world, set, {
    kind: 'manualupgrade',
    instances,
    mishaps,
    act: (instance, order) => upgradeInstance(world, set, instance, order),
  });
}
