import { actionsWhileOff } from '../actions/switched-off.ts';
import type { OffPolicy, SwitchedOff } from '../actions/switched-off.ts';
import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import type { Off } from '../instance/power.ts';
import { skips } from '../messages/instances.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import type { PropertyChange } from '../model/delta.ts';
import { parsePath } from '../model/paths.ts';
import { offPolicyOf } from '../spec/off-policy.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Undo } from '../undo/undo.ts';

type Choice = RolloutSpec['targets'];

export interface Skipped {
  readonly instance: string;
  readonly reason: string;
}

/** Every instance that the spec's targets name; excluded ones are reported, the others are none of its business. */
export interface Selection {
  readonly kind: 'selected';
  readonly selected: readonly Instance[];
  readonly excluded: readonly Skipped[];
}

/**
 * Which instances the spec means: all kinds of target must hold, `percent` is a share of those with the lowest ids, and
 * `exclude` comes last. An id that the scale set does not have is refused: it is more likely wrong than gone.
 */
export function select(instances: readonly Instance[], choice: Choice): Selection | Refusal {
  const unknown =
    unknownIn(instances, choice.instances, 'targets.instances') ??
    unknownIn(instances, choice.exclude, 'targets.exclude');
  if (unknown !== undefined) return unknown;
  const matching = instances
    .filter((instance) => isMeant(instance, choice))
    .sort((a, b) => byInstanceId(a.instanceId, b.instanceId));
  const share = matching.slice(0, Math.ceil(((choice.percent ?? 100) * matching.length) / 100));
  const isExcluded = ({ instanceId }: Instance): boolean => choice.exclude?.includes(instanceId) === true;
  return {
    kind: 'selected',
    selected: share.filter((instance) => !isExcluded(instance)),
    excluded: share
      .filter((instance) => isExcluded(instance))
      .map(({ instanceId }) => ({ instance: instanceId, reason: skips.excluded })),
  };
}

function unknownIn(
  instances: readonly Instance[],
  ids: readonly string[] | undefined,
  path: string,
): Refusal | undefined {
  const known = new Set(instances.map(({ instanceId }) => instanceId));
  const unknown = (ids ?? []).filter((id) => !known.has(id));
  if (unknown.length === 0) return undefined;
  return refuse('unknownInstance', refused.noSuchInstance(unknown), { path });
}

function isMeant(instance: Instance, { updateDomains, faultDomains, zones, instances }: Choice): boolean {
  return (
    isAmong(updateDomains, instance.updateDomain) &&
    isAmong(faultDomains, instance.faultDomain) &&
    isAmong(zones, instance.zone) &&
    isAmong(instances, instance.instanceId)
  );
}

/** No list asks nothing; an instance that does not show the property is in no list. */
function isAmong<T>(list: readonly T[] | undefined, value: T | undefined): boolean {
  return list === undefined || (value !== undefined && list.includes(value));
}

export interface Targets {
  readonly targets: readonly Instance[];
  /** Those of the targets that are on the model already: they get only what the spec forces, or their disks. */
  readonly there: readonly string[];
  /** Those of the targets that are off, and how they are dealt with. */
  readonly switchedOff: readonly SwitchedOff[];
  readonly skipped: readonly Skipped[];
}

interface TargetRules {
  readonly spec: RolloutSpec;
  readonly delta: readonly PropertyChange[];
  readonly image: string | undefined;
  readonly undo: Undo | undefined;
  /** Whom the rollout that is undone has started, and how they were off before. */
  readonly started: Readonly<Record<string, Off>>;
  /** Instances whose data disks change, and whether nothing else does. */
  readonly disks: ReadonlySet<string>;
  readonly onlyDisks: boolean;
}

/** Which of the selected instances a rollout brings to its target, and why it leaves the others. */
export function targetsOf(
  { selected, excluded }: Pick<Selection, 'selected' | 'excluded'>,
  { spec, delta, image, undo, started, disks, onlyDisks }: TargetRules,
): Targets {
  const { force } = spec.change;
  const touches = delta.some(({ path }) => touchesInstances(path));
  const isThere = (instance: Instance): boolean =>
    onlyDisks ||
    (!touches &&
      instance.latestModelApplied &&
      (image === undefined || instance.image === image) &&
      started[instance.instanceId] === undefined);
  const policy = offPolicyOf(spec);
  const reasonFor = (instance: Instance): string | undefined => {
    if (undo?.instances.includes(instance.instanceId) === false) return skips.notTouched;
    // fence I15: protected instances are no targets
    if (instance.isProtected) return skips.protected;
    const off = offStateOf(instance);
    if (off !== undefined && policy === 'skip') return skips.notRunning(off);
    if (!isThere(instance) || disks.has(instance.instanceId)) return undefined;
    // fence I15: instances that are there already are no targets
    if (force === undefined) return skips.onTarget;
    const isIdle =
      off !== undefined && policy === 'upgradeCold' && actionsWhileOff([force], off, policy).length === 0;
    return isIdle ? skips.nothingToForce(off, force) : undefined;
  };
  const targets = selected.filter((instance) => reasonFor(instance) === undefined);
  const skipped = selected.flatMap((instance) => {
    const reason = reasonFor(instance);
    return reason === undefined ? [] : [{ instance: instance.instanceId, reason }];
  });
  return {
    targets,
    there: targets.filter((instance) => isThere(instance)).map(({ instanceId }) => instanceId),
    switchedOff: targets.flatMap((instance) => switchedOffOf(instance, { policy, started })),
    skipped: [...skipped, ...excluded].sort((a, b) => byInstanceId(a.instance, b.instance)),
  };
}

/** What another rollout has started is switched off again where that rollout is undone. */
function switchedOffOf(
  instance: Instance,
  { policy, started }: { readonly policy: OffPolicy; readonly started: Readonly<Record<string, Off>> },
): readonly SwitchedOff[] {
  const { instanceId } = instance;
  const off = offStateOf(instance);
  if (off !== undefined) {
    return [{ instance: instanceId, power: off, as: policy === 'startFirst' ? 'started' : 'cold' }];
  }
  const was = started[instanceId];
  return was === undefined ? [] : [{ instance: instanceId, power: was, as: 'offAgain' }];
}

/** Changes of tags or policies make no new model, so the instances stay on the latest (arm-vmss.md 3.3). */
function touchesInstances(path: string): boolean {
  const [first, second] = parsePath(path) ?? [];
  if (first?.kind !== 'name') return true;
  if (first.name === 'properties') return second?.kind === 'name' && second.name === 'virtualMachineProfile';
  return first.name === 'sku';
}
