import { askedOf } from '../actions/asked.ts';
import { actionsFor } from '../actions/sequence.ts';
import { aboutAction } from '../actions/table.ts';
import type { InstanceAction } from '../actions/table.ts';
import { asPromised } from '../health/promised.ts';
import type { Instance } from '../instance/instances.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { modelHash } from '../model/shown-delta.ts';
import { guardsOf } from '../model/guards.ts';
import type { Model } from '../model/model.ts';
import { suppressedExtensions } from '../model/owners.ts';
import { promisesHealth } from '../model/signals.ts';
import { scaleSetKey } from '../spec/spec.ts';
import { checkUnchanged } from '../undo/undo.ts';
import { batchesOf } from './batches.ts';
import type { PlannedBatch } from './batches.ts';
import { expectationFor } from './expected.ts';
import type { Expected } from './expected.ts';
import { changeOf } from './plan-change.ts';
import type { Change } from './plan-change.ts';
import { checkApprovals, checkScaleSet } from './plan-checks.ts';
import { modelAfter, scopeOf } from './plan-scope.ts';
import type { Scope } from './plan-scope.ts';
import type { Plan, PlanInput } from './plan.ts';
import { mostActions } from './planned-work.ts';
import { hasGuards } from './restore-guards.ts';
import { roomFor } from './room.ts';
import type { Room } from './room.ts';
import { select } from './targets.ts';
import { slidesInVain } from './sliding.ts';
import { unservingIn, withUnservingFirst } from './unserving.ts';
import { warningsFor } from './warnings.ts';

/** Decides what a rollout will do, or why it will do nothing. */
export function makePlan(read: PlanInput): Plan | Refusal {
  const { spec, model } = read;
  // Nobody knows yet whether the change takes the signal away: a view that lacks it says nothing either way.
  const instances = asPromised(read.instances, { promisesHealth: showsPromised(read) });
  const input = { ...read, instances };
  const unfit = checkScaleSet(input) ?? (input.undo && checkUnchanged(model, input.undo));
  if (unfit !== undefined) return unfit;
  const selection = select(instances, spec.targets);
  if (selection.kind === 'refused') return selection;
  const change = changeOf(input, selection);
  if (change.kind === 'refused') return change;
  const scope = scopeOf(input, selection, change);
  if (scope.kind === 'refused') return scope;
  const room = roomFor(input, scope);
  if (room.kind === 'refused') return room;
  const decided = { change, scope, room, order: orderOf(input, { change, scope, room }) };
  // fence I20: a plan other than the reviewed one is refused
  if (spec.planHash !== undefined && !decided.order.hashes.includes(spec.planHash))
    return planChanged(decided);
  const { batches } = decided.order;
  return checkApprovals(input, { batches, delta: change.delta }) ?? planOf(read, input, decided);
}

/** Who goes after whom, and the hashes by which a person may name the plan that they have reviewed; the first is its own. */
interface Order {
  readonly batches: readonly PlannedBatch[];
  /** Targets that do not serve: the first batch begins with them. */
  readonly unserving: readonly string[];
  readonly hashes: readonly string[];
}

interface Decided {
  readonly change: Change;
  readonly scope: Scope;
  readonly room: Room;
  readonly order: Order;
}

function orderOf(
  { spec, hashes: hashesOf }: PlanInput,
  { change, scope, room }: Omit<Decided, 'order'>,
): Order {
  const { targets, switchedOff, dataDisks } = scope;
  const { floor, most } = room;
  const action = askedOf(spec);
  // What the hash covers does not change with an instance's health, whoever comes first.
  const asServing = batchesOf(targets, { ...spec.strategy, order: 'id' }, { most, switchedOff });
  const planned = batchesOf(targets, spec.strategy, { most, switchedOff });
  const unserving = unservingIn(targets);
  const hashes = hashesOf({
    scaleSet: scaleSetKey(spec.scaleSet),
    delta: change.delta,
    class: scope.class,
    batches: asServing,
    floor,
    ...(switchedOff.length > 0 && { switchedOff }),
    ...(dataDisks.length > 0 && { dataDisks }),
    ...(action !== undefined && { action }),
  });
  return { batches: withUnservingFirst(planned, unserving), unserving, hashes };
}

function planOf(read: PlanInput, input: PlanInput, decided: Decided): Plan {
  const { spec, model, undo } = input;
  const { delta, lost, meansNobody } = decided.change;
  const { targets, switchedOff, there, dataDisks, image, left, skipped } = decided.scope;
  const { batches, unserving, hashes } = decided.order;
  const { floor, largestDomain: domain } = decided.room;
  const { force } = spec.change;
  const inVain = slidesInVain(spec, { batches, most: decided.room.most });
  const known = { delta, targets: targets.length, meansNobody, switchedOff, lost, unserving, inVain };
  return {
    kind: 'plan',
    hash: hashes[0] ?? '',
    scaleSet: spec.scaleSet,
    delta,
    class: decided.scope.class,
    batches,
    floor,
    skipped,
    expected: expectedOf(input, decided),
    warnings: warningsFor(input, known),
    modelHash: modelHash(model),
    largestDomain: domain,
    ...(showsPromised(read) && promisesHealth(modelAfter(model, delta)) && { promisesHealth: true }),
    ...suppressedIn(model),
    ...(unserving.length > 0 && { unserving }),
    actions: actionsIn(input, decided),
    forced: force === undefined ? [] : there,
    ...(dataDisks.length > 0 && { dataDisks, onlyDisks: there, disksFirst: undo !== undefined }),
    guards: guardsHeldBy(decided.scope, input),
    ...(hasGuards(left.guards) && { restores: left.guards }),
    ...(left.restoredGuards.length > 0 && { restoredGuards: left.restoredGuards }),
    ...(force !== undefined && { force }),
    ...(image !== undefined && { image }),
    ...(undo !== undefined && undo.irreversible.length > 0 && { irreversible: undo.irreversible }),
    ...(switchedOff.length > 0 && { switchedOff }),
    ...(lost.length > 0 && { unrecoverable: lost }),
  };
}

function expectedOf({ spec, model, instances }: PlanInput, decided: Decided): Expected {
  const { change, scope, room, order } = decided;
  const { delta } = change;
  const { dataDisks, isOnlyDisks, there } = scope;
  const actions = actionsIn({ spec }, decided);
  return expectationFor({
    batches: order.batches,
    delta,
    class: scope.class,
    actions: mostActions({ spec, actions, dataDisks, isAlone: isOnlyDisks, there }),
    model,
    spec,
    capacity: instances.length,
    slots: room.most,
    guards: guardsHeldBy(scope, { spec, model }),
    disks: dataDisks.length,
  });
}

function actionsIn(
  { spec }: Pick<PlanInput, 'spec'>,
  { change, scope }: Pick<Decided, 'change' | 'scope'>,
): readonly InstanceAction[] {
  const action = askedOf(spec);
  if (spec.change.capacity !== undefined) return [];
  return action === undefined ? actionsFor(change.delta, scope.class) : [action];
}

/**
 * Nothing goes down for a disk or a new capacity, and nobody meets another model: there is nothing to hold. What takes
 * instances down by itself is held from repairs alone.
 */
function guardsHeldBy(
  { isOnlyDisks }: Scope,
  { spec, model }: Pick<PlanInput, 'spec' | 'model'>,
): Plan['guards'] {
  const guards = guardsOf(model);
  const action = askedOf(spec);
  if (isOnlyDisks || spec.change.capacity !== undefined) return {};
  if (action === undefined) return guards;
  const isHeld = guards.repairs === true && aboutAction(action).takesDown === 'always';
  return isHeld ? { repairs: true } : {};
}

/** Whether the model promises a health signal that some instance shows; one that nobody shows is no signal. */
function showsPromised({
  instances,
  model,
}: {
  readonly instances: readonly Instance[];
  readonly model: Model;
}): boolean {
  return promisesHealth(model) && instances.some(({ health }) => health !== undefined);
}

function planChanged({ order }: Decided): Refusal {
  return refuse('planChanged', refused.planChanged(order.hashes[0] ?? ''));
}

function suppressedIn(model: Model): Pick<Plan, 'suppressed'> {
  const suppressed = suppressedExtensions(model);
  return suppressed.length === 0 ? {} : { suppressed };
}
