import type { SwitchedOff } from '../actions/switched-off.ts';
import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import { isServing } from '../instance/serving.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { IMAGE_VERSION } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import { isLatest } from '../model/image.ts';
import { upgradesItself } from '../model/guards.ts';
import { isServiceFabric, managerOf } from '../model/owners.ts';
import { wordOf } from '../model/rolling-upgrade.ts';
import { provisioningStateOf } from '../model/scale-set.ts';
import { isObject } from '../model/paths.ts';
import { offPolicyOf } from '../spec/off-policy.ts';
import type { Plan, PlanInput } from './plan.ts';

/** Scale sets that no rollout may touch, whatever it would change. */
export function checkScaleSet({ spec, model, rollingUpgrade }: PlanInput): Refusal | undefined {
  const { properties } = model;
  const settings = isObject(properties) ? properties : {};
  if (provisioningStateOf(model) === 'Deleting') {
    return refuse('scaleSetDeleting', refused.scaleSetDeleting);
  }
  if (settings['orchestrationMode'] === 'Flexible') {
    return refuse('notOnFlexible', refused.notOnFlexible);
  }
  if (isServiceFabric(model)) {
    return refuse('serviceFabricManaged', refused.serviceFabricManaged);
  }
  const manager = managerOf(model);
  if (manager !== undefined && !spec.acceptManaged) {
    return refuse('managedByOther', refused.managedByOther(manager));
  }
  // fence I14: nobody upgrades beside a rolling upgrade of Azure itself
  if (rollingUpgrade !== undefined && rollingUpgrade.kind !== 'idle') {
    return refuse('nativeUpgradeRunning', refused.nativeUpgradeRunning(wordOf(rollingUpgrade)));
  }
  return undefined;
}

/** A set that upgrades its image itself takes no version but latest, whatever it says now (case 03). */
export function checkOwnUpgrades(
  { model }: Pick<PlanInput, 'model'>,
  delta: readonly PropertyChange[],
): Refusal | undefined {
  if (!upgradesItself(model)) return undefined;
  const version = delta.map((change) => versionIn(change)).find((named) => named !== undefined);
  if (version === undefined || isLatest(version)) return undefined;
  return refuse('automaticOsUpgrade', refused.automaticOsUpgrade(version));
}

/** The image version that a change names, by itself or with the whole image. */
function versionIn({ path, after }: PropertyChange): string | undefined {
  const isImage = IMAGE_VERSION.startsWith(`${path}.`) && isObject(after);
  const named = path === IMAGE_VERSION ? after : isImage ? after['version'] : undefined;
  return typeof named === 'string' ? named : undefined;
}

/** An approval before a batch that the plan does not have would never be asked for. */
export function checkApprovals(
  { spec }: Pick<PlanInput, 'spec'>,
  { batches, delta }: Pick<Plan, 'batches' | 'delta'>,
): Refusal | undefined {
  const { before } = spec.approvals;
  const isNothing = batches.length === 0 && delta.length === 0;
  if (typeof before === 'string' || isNothing) return undefined;
  // Before the model is written there is always a gate.
  const at = before.findIndex((index) => index >= Math.max(batches.length, 1));
  const index = before[at];
  // fence I4: an approval before a batch that the plan does not have is not passed over
  if (index === undefined) return undefined;
  const path = `approvals.before.${at}`;
  return refuse('unknownBatch', refused.noSuchBatch(index, batches.length), { path });
}

/** What a plan needs of the scale set. */
export interface Room {
  readonly floor: number;
  /** How many instances are targeted, those included that are off. */
  readonly targets: number;
  readonly switchedOff: readonly SwitchedOff[];
}

/** What a plan takes away: those that only go off, or stay so, need no room; those that are started make some. */
function neededBy({ targets, switchedOff }: Pick<Room, 'targets' | 'switchedOff'>) {
  const started = switchedOff.filter(({ as }) => as === 'started').map(({ instance }) => instance);
  return { goesDown: targets > switchedOff.length - started.length, started: new Set(started) };
}

export function needOf({ batches, switchedOff = [] }: Pick<Plan, 'batches' | 'switchedOff'>) {
  return neededBy({ targets: batches.flatMap(({ instances }) => instances).length, switchedOff });
}

/** Instances that run and whose health nothing reports. */
export function withoutSignal(instances: readonly Instance[]): readonly Instance[] {
  return instances.filter((one) => one.health === undefined && offStateOf(one) === undefined);
}

/** Whether the scale set is well enough to begin, and whether anybody could tell. */
export function checkState({ spec, instances, undo }: PlanInput, room: Room): Refusal | undefined {
  const { requireSignal, fixForward, maxUnhealthyInstancePercent } = spec.health;
  const silent = withoutSignal(instances);
  if (
    // fence I16: a set without a health signal is refused where one is asked for
    requireSignal &&
    silent.length > 0
  ) {
    return refuse('noHealthSignal', refused.noHealthSignal(silent.length));
  }
  const { floor } = room;
  const { goesDown, started } = neededBy(room);
  // What a rollout touched may always be undone.
  if (!goesDown || fixForward || undo !== undefined) return undefined;
  const unserving = instances.filter((one) => !isServing(one) && !started.has(one.instanceId));
  // Whoever says what is to become of instances that are off knows that they are.
  const isKnown = (one: Instance): boolean => offPolicyOf(spec) !== 'skip' && offStateOf(one) !== undefined;
  const down = unserving.filter((one) => !isKnown(one)).map(({ instanceId }) => instanceId);
  // fence I21: too many unhealthy instances refuse a rollout
  const isMany = down.length * 100 > maxUnhealthyInstancePercent * instances.length;
  const serving = instances.length - unserving.length;
  if (
    !isMany &&
    // fence I1: too few serving instances refuse a rollout
    serving >= floor
  )
    return undefined;
  return refuse(
    'tooManyUnhealthy',
    isMany
      ? refused.tooManyUnhealthy(down, instances.length, maxUnhealthyInstancePercent)
      : refused.tooFewServing(serving, floor),
  );
}

/** Instances that are switched off do not come back by themselves: with them the floor might never leave room. */
export function checkParked(instances: readonly Instance[], room: Room): Refusal | undefined {
  const { floor } = room;
  const { goesDown, started } = neededBy(room);
  const parked = instances
    .filter((one) => offStateOf(one) !== undefined && !started.has(one.instanceId))
    .map(({ instanceId }) => instanceId);
  const most = instances.length - parked.length;
  if (!goesDown || parked.length === 0 || most > floor) return undefined;
  return refuse('tooManyOff', refused.tooManyOff(parked, most, floor));
}
