import { askedOf, whyNot } from '../actions/asked.ts';
import type { SwitchedOff } from '../actions/switched-off.ts';
import type { InstanceDisks } from '../instance/disks.ts';
import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { mostDisruptive } from '../model/change-class.ts';
import type { ChangeClass } from '../model/change-class.ts';
import { applyDelta } from '../model/patch.ts';
import type { PropertyChange } from '../model/delta.ts';
import { imageOf, isLatest } from '../model/image.ts';
import type { Model } from '../model/model.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import { disksIn } from './disk-plan.ts';
import { lagOf } from './lag.ts';
import { checkDisruption } from './plan-change.ts';
import type { Change } from './plan-change.ts';
import type { PlanInput } from './plan.ts';
import { restorable } from './restore-guards.ts';
import type { Restorable } from './restore-guards.ts';
import { targetsOf } from './targets.ts';
import type { Selection, Skipped } from './targets.ts';

/** Which instances a rollout works on, and what for. */
export interface Scope {
  readonly kind: 'scope';
  readonly targets: readonly Instance[];
  readonly skipped: readonly Skipped[];
  /** Targets that are on the model already. */
  readonly there: readonly string[];
  readonly switchedOff: readonly SwitchedOff[];
  readonly dataDisks: readonly InstanceDisks[];
  /** Nothing but data disks changes. */
  readonly isOnlyDisks: boolean;
  /** The exact image that the targets run in the end. */
  readonly image: string | undefined;
  readonly class: ChangeClass;
  /** What an earlier rollout left switched off. */
  readonly left: Restorable;
}

export function scopeOf(input: PlanInput, selection: Selection, change: Change): Scope | Refusal {
  const { spec, model } = input;
  const { delta, asked } = change;
  if (askedOf(spec) !== undefined || spec.change.capacity !== undefined)
    return askedScope(spec, selection, change);
  const disks = disksIn(input, delta, selection);
  if (disks.kind === 'refused') return disks;
  const isOnlyDisks = disks.only !== undefined;
  const image = imageAfter(model, delta);
  const left = restorable(model, input.undo?.guards ?? []);
  const chosen = targetsOf(disks.only ?? selection, {
    spec,
    delta,
    image,
    // The policy comes back only when every instance shows the restored model, so each is brought there.
    undo: left.guards.policy === undefined ? input.undo : undefined,
    started: input.undo?.started ?? {},
    disks: new Set(disks.changes.map(({ instance }) => instance)),
    onlyDisks: isOnlyDisks,
  });
  const lag = lagOf(isOnlyDisks ? [] : chosen.targets, {
    model,
    image: imageAfter(model, []),
    sizes: input.sizes ?? [],
  });
  const changeClass = mostDisruptive([asked, lag.class]);
  const tooMuch = checkDisruption(spec, changeClass, () => refused.bringing(lag.instances));
  if (tooMuch !== undefined) return tooMuch;
  const isTarget = (id: string): boolean => chosen.targets.some(({ instanceId }) => instanceId === id);
  const dataDisks = disks.changes.filter(({ instance }) => isTarget(instance));
  return { kind: 'scope', ...chosen, dataDisks, isOnlyDisks, image, class: changeClass, left };
}

/** Whom one action is done to, whatever model they are on; a new capacity touches nobody. */
function askedScope(spec: RolloutSpec, { selected, excluded }: Selection, { asked }: Change): Scope {
  const action = askedOf(spec);
  const why = (instance: Instance): string | undefined => action && whyNot(action, instance);
  const targets = action === undefined ? [] : selected.filter((instance) => why(instance) === undefined);
  const skipped = selected.flatMap((instance) => {
    const reason = why(instance);
    return reason === undefined ? [] : [{ instance: instance.instanceId, reason }];
  });
  return {
    kind: 'scope',
    targets,
    skipped: [...skipped, ...excluded].sort((a, b) => byInstanceId(a.instance, b.instance)),
    there: targets.map(({ instanceId }) => instanceId),
    switchedOff: [],
    dataDisks: [],
    isOnlyDisks: false,
    image: undefined,
    class: asked,
    left: { guards: {}, restoredGuards: [] },
  };
}

export function modelAfter(model: Model, delta: readonly PropertyChange[]): Model {
  const readable = delta.filter(({ isSecret }) => isSecret !== true);
  return applyDelta(model, readable);
}

/** The exact image that the changed model names; one that says `latest`, or is no platform image, names none. */
export function imageAfter(model: Model, delta: readonly PropertyChange[]): string | undefined {
  const image = imageOf(modelAfter(model, delta));
  return image.kind === 'platform' && !isLatest(image.version) ? image.version : undefined;
}
