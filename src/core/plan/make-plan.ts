import { actionsFor } from '../actions/sequence.ts';
import { aboutAction } from '../actions/table.ts';
import { asPromised } from '../health/promised.ts';
import { largestDomain } from '../instance/domains.ts';
import type { Instance } from '../instance/instances.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { fingerprint } from '../model/canonical.ts';
import { isMoreDisruptive, mostDisruptive } from '../model/change-class.ts';
import type { ChangeClass } from '../model/change-class.ts';
import { applyDelta, classOfDelta, deltaOf, modelHash } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import { guardsOf } from '../model/guards.ts';
import { imageOf, isLatest } from '../model/image.ts';
import type { Model } from '../model/model.ts';
import { suppressedExtensions } from '../model/owners.ts';
import { promisesHealth } from '../model/signals.ts';
import { scaleSetKey } from '../spec/spec.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import { checkUnchanged } from '../undo/undo.ts';
import { batchesOf } from './batches.ts';
import { disksIn } from './disk-plan.ts';
import { expectationFor } from './expected.ts';
import { floorOf, maxUnavailableOf } from './floor.ts';
import { lagOf } from './lag.ts';
import { checkOwnUpgrades, checkParked, checkScaleSet, checkState } from './plan-checks.ts';
import type { Plan, PlanInput } from './plan.ts';
import { mostActions } from './planned-work.ts';
import { hasGuards, restorable } from './restore-guards.ts';
import { select, targetsOf } from './targets.ts';
import { wantedBy } from './wanted.ts';
import { warningsFor } from './warnings.ts';
import { unservingIn, withUnservingFirst } from './unserving.ts';
import { checkReversible, lostBy } from './reversible.ts';

/** Decides what a rollout will do, or why it will do nothing. */
export function makePlan(read: PlanInput): Plan | Refusal {
  const { spec, model } = read;
  // Nobody knows yet whether the change takes the signal away: a view that lacks it says nothing either way.
  const instances = asPromised(read.instances, { promisesHealth: showsPromised(read.instances, model) });
  const input = { ...read, instances };
  const unfit = checkScaleSet(input);
  if (unfit !== undefined) return unfit;
  const changed = input.undo && checkUnchanged(model, input.undo);
  if (changed !== undefined) return changed;
  const selection = select(instances, spec.targets);
  if (selection.kind === 'refused') return selection;
  // Nobody is meant, so nothing is done: a model alone would reach only instances that are made later.
  const meansNobody = selection.selected.length === 0 && instances.length > 0;
  const delta = meansNobody ? [] : wholeDelta(input);
  if ('kind' in delta) return delta;
  const ownUpgrades = checkOwnUpgrades(input, delta);
  if (ownUpgrades !== undefined) return ownUpgrades;
  const lost = lostBy(delta, input);
  const irreversible = checkReversible(lost, input);
  if (irreversible !== undefined) return irreversible;
  const asked = mostDisruptive([classOfDelta(delta), classOfForce(spec)]);
  const { mostDisruptiveAllowed, maxUnavailable } = spec.strategy;
  if (isMoreDisruptive(asked, mostDisruptiveAllowed)) {
    return tooDisruptive(askedFor(delta, asked, spec), asked, spec);
  }

  const disks = disksIn(input, delta, selection);
  if (disks.kind === 'refused') return disks;

  const image = imageAfter(model, delta);
  const left = restorable(model, input.undo?.guards ?? []);
  // The policy comes back only when every instance shows the restored model, so each is brought there.
  const undo = left.guards.policy === undefined ? input.undo : undefined;
  const { targets, skipped, there, switchedOff } = targetsOf(disks.only ?? selection, {
    spec,
    delta,
    image,
    undo,
    started: input.undo?.started ?? {},
    disks: new Set(disks.changes.map(({ instance }) => instance)),
    onlyDisks: disks.only !== undefined,
  });
  const lag = lagOf(disks.only === undefined ? targets : [], {
    model,
    image: imageAfter(model, []),
    sizes: input.sizes ?? [],
  });
  const changeClass = mostDisruptive([asked, lag.class]);
  if (isMoreDisruptive(changeClass, mostDisruptiveAllowed)) {
    return tooDisruptive(refused.bringing(lag.instances), changeClass, spec);
  }
  const dataDisks = disks.changes.filter(({ instance }) => isAmong(targets, instance));
  const capacity = instances.length;
  const domain = largestDomain(instances);
  const floor = floorOf(maxUnavailable, capacity, domain);
  if (typeof floor !== 'number') return floor;
  const room = { floor, targets: targets.length, switchedOff };
  const unhealthy = checkState(input, room) ?? checkParked(instances, room);
  if (unhealthy !== undefined) return unhealthy;

  const actions = actionsFor(delta, changeClass);
  // Nothing goes down for a disk, and the model is not written: there is nothing to hold.
  const guards = disks.only === undefined ? guardsOf(model) : {};
  const most = Math.max(1, maxUnavailableOf(maxUnavailable, capacity, domain));
  // What the hash covers does not change with an instance's health.
  const asServing = batchesOf(targets, spec.strategy, { most, switchedOff });
  const unserving = unservingIn(targets);
  const batches = withUnservingFirst(asServing, unserving);
  const hash = fingerprint({
    scaleSet: scaleSetKey(spec.scaleSet),
    delta,
    class: changeClass,
    batches: asServing,
    floor,
    ...(switchedOff.length > 0 && { switchedOff }),
    ...(dataDisks.length > 0 && { dataDisks }),
  });
  // fence I20: a plan other than the reviewed one is refused
  if (spec.planHash !== undefined && spec.planHash !== hash) return planChanged(hash);
  return {
    kind: 'plan',
    hash,
    scaleSet: spec.scaleSet,
    delta,
    class: changeClass,
    batches,
    floor,
    skipped,
    expected: expectationFor({
      batches,
      delta,
      class: changeClass,
      actions: mostActions({ spec, actions, dataDisks, isAlone: disks.only !== undefined, there }),
      model,
      spec,
      capacity,
      slots: most,
      guards,
      disks: dataDisks.length,
    }),
    warnings: warningsFor(input, {
      delta,
      targets: targets.length,
      meansNobody,
      switchedOff,
      lost,
      unserving,
    }),
    modelHash: modelHash(model),
    largestDomain: domain,
    ...(showsPromised(read.instances, model) &&
      promisesHealth(modelAfter(model, delta)) && { promisesHealth: true }),
    ...suppressedIn(model),
    ...(unserving.length > 0 && { unserving }),
    actions,
    forced: spec.change.force === undefined ? [] : there,
    ...(dataDisks.length > 0 && { dataDisks, onlyDisks: there, disksFirst: input.undo !== undefined }),
    guards,
    ...(hasGuards(left.guards) && { restores: left.guards }),
    ...(left.restoredGuards.length > 0 && { restoredGuards: left.restoredGuards }),
    ...(spec.change.force !== undefined && { force: spec.change.force }),
    ...(image !== undefined && { image }),
    ...(input.undo !== undefined &&
      input.undo.irreversible.length > 0 && { irreversible: input.undo.irreversible }),
    ...(switchedOff.length > 0 && { switchedOff }),
    ...(lost.length > 0 && { unrecoverable: lost }),
  };
}

/** Everything that changes; a new size is only a restart where the hardware under the set offers it. */
function wholeDelta(input: PlanInput): readonly PropertyChange[] | Refusal {
  const wanted = wantedBy(input);
  if (wanted.kind === 'refused') return wanted;
  const edited = deltaOf(input.model, wanted.edits);
  if ('kind' in edited) return edited;
  const { sizes } = input;
  const classed = edited.map((change) =>
    change.path === 'sku.name' && typeof change.after === 'string' && sizes?.includes(change.after) === true
      ? { ...change, class: 'restart' as const }
      : change,
  );
  return [...classed, ...wanted.others];
}

function isAmong(instances: readonly Instance[], id: string): boolean {
  return instances.some(({ instanceId }) => instanceId === id);
}

function classOfForce({ change }: RolloutSpec): ChangeClass {
  return change.force === undefined ? 'none' : (aboutAction(change.force).forced ?? 'none');
}

/** Whether the model promises a health signal that some instance shows; one that nobody shows is no signal. */
function showsPromised(instances: readonly Instance[], model: Model): boolean {
  return promisesHealth(model) && instances.some(({ health }) => health !== undefined);
}

function modelAfter(model: Model, delta: readonly PropertyChange[]): Model {
  const readable = delta.filter(({ isSecret }) => isSecret !== true);
  return applyDelta(model, readable);
}

/** The exact image that the changed model names; one that says `latest`, or is no platform image, names none. */
export function imageAfter(model: Model, delta: readonly PropertyChange[]): string | undefined {
  const image = imageOf(modelAfter(model, delta));
  return image.kind === 'platform' && !isLatest(image.version) ? image.version : undefined;
}

/** What of a spec asks for so much. */
function askedFor(
  delta: readonly PropertyChange[],
  changeClass: ChangeClass,
  { change }: RolloutSpec,
): string {
  const worst = delta.find((one) => one.class === changeClass);
  return worst === undefined ? refused.forcedAction(change.force ?? 'action') : refused.changing(worst.path);
}

function tooDisruptive(what: string, changeClass: ChangeClass, { strategy }: RolloutSpec): Refusal {
  return refuse('tooDisruptive', refused.tooDisruptive(what, changeClass, strategy.mostDisruptiveAllowed), {
    class: changeClass,
  });
}

function planChanged(hash: string): Refusal {
  return refuse('planChanged', refused.planChanged(hash));
}

function suppressedIn(model: Model): Pick<Plan, 'suppressed'> {
  const suppressed = suppressedExtensions(model);
  return suppressed.length === 0 ? {} : { suppressed };
}
