import {
  concurrentRequest,
  inactiveInstance,
  invalidParameter,
  operationNotAllowed,
} from '../errors/catalogue.ts';
import type { FaultOf } from '../faults/schema.ts';
import type { Instance } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import { liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { completeEmpty, releaseInstance, startOperation } from './operation.ts';
import { preempt, runningInstanceOperations } from './preempt.ts';
import { upgradeInstance } from './upgrade.ts';

/** What faults do to one operation. */
export interface Mishaps {
  readonly fails: FaultOf<'operationFails'> | undefined;
  readonly preempted: FaultOf<'operationPreempted'> | undefined;
  readonly skips: FaultOf<'silentlySkips'> | undefined;
}

export const NO_MISHAPS: Mishaps = { fails: undefined, preempted: undefined, skips: undefined };

/** The instances that a call names, or the refusal; `*` stands for all of them. */
export function namedInstances(world: World, set: ScaleSet, ids: readonly string[]): Instance[] {
  if (ids.length > world.profile.maxInstanceIdsPerCall) {
    throw invalidParameter(
      'instanceIds',
      `At most ${world.profile.maxInstanceIdsPerCall} instanceIds are allowed.`,
    );
  }
  const live = liveInstances(set).filter((instance) => instance.state.provisioning !== 'Deleting');
  if (ids.includes('*')) return live.filter((instance) => !instance.state.protected);
  const named = [...new Set(ids)].map((id) => {
    const instance = live.find((candidate) => candidate.id === id);
    if (instance === undefined) throw inactiveInstance(id);
    return instance;
  });
  const guarded = named.find((instance) => instance.state.protected);
  if (guarded !== undefined && world.profile.protectedInstanceNamed === 'conflict') {
    throw operationNotAllowed(`Instance '${guarded.id}' is protected from scale set actions.`);
  }
  return named.filter((instance) => !instance.state.protected);
}

/** Throws where the service refuses another operation on instances beside the ones that run. */
export function checkOverlap(world: World, set: ScaleSet, instances: readonly Instance[]): void {
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
  const older = runningInstanceOperations(world, set);
  const operation = startOperation(
    world,
    set,
    'manualupgrade',
    instances.map((instance) => instance.id),
  );
  if (world.profile.instanceOperationsMoveEtag) set.etag += 1;

  const skipped = mishaps.skips;
  const reached = instances.filter(({ id }) => skipped === undefined || !isAmong(skipped.instances, id));
  for (const instance of reached) {
    const { fails } = mishaps;
    const failure =
      fails !== undefined && isAmong(fails.instances, instance.id)
        ? { reason: { code: fails.code, message: fails.message }, changed: fails.changed }
        : undefined;
    upgradeInstance(world, set, instance, { operation, failure });
  }
  for (const overtaken of older) {
    const preempts = world.profile.overlappingOperations === 'preempt' || shares(overtaken, instances);
    if (preempts) preempt(world, set, overtaken);
  }
  for (const instance of reached) releaseInstance(world, set, instance.id, operation);
  if (reached.length === 0) completeEmpty(world, set, operation);
  if (mishaps.preempted !== undefined) {
    scheduleIn(world, mishaps.preempted.afterSeconds, () => {
      if (operation.status === 'InProgress') preempt(world, set, operation);
    });
  }
  return operation;
}

function shares(operation: Operation, instances: readonly Instance[]): boolean {
  return instances.some((instance) => operation.instances.includes(instance.id));
}

/** A list that is absent means all. */
function isAmong(ids: readonly string[] | undefined, id: string): boolean {
  return ids === undefined || ids.includes(id);
}
