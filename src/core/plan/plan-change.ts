import { askedOf } from '../actions/asked.ts';
import { aboutAction } from '../actions/table.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { isMoreDisruptive, mostDisruptive } from '../model/change-class.ts';
import type { ChangeClass } from '../model/change-class.ts';
import { classOfDelta, deltaOf } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import { capacityChange, lostInstances } from './scale.ts';
import { checkOwnUpgrades } from './plan-checks.ts';
import type { PlanInput } from './plan.ts';
import { checkReversible, lostBy } from './reversible.ts';
import type { Selection } from './targets.ts';
import { wantedBy } from './wanted.ts';

/** What a rollout changes in the model, as far as its spec allows that. */
export interface Change {
  readonly kind: 'change';
  readonly delta: readonly PropertyChange[];
  /** How disruptive the spec itself asks to be; an instance that lags behind may need more. */
  readonly asked: ChangeClass;
  /** What of it no rollback could restore. */
  readonly lost: readonly Unrecoverable[];
  /** The spec's targets match no instance. */
  readonly meansNobody: boolean;
}

export function changeOf(input: PlanInput, { selected }: Selection): Change | Refusal {
  const { spec, instances } = input;
  // Nobody is meant, so nothing is done: a model alone would reach only instances that are made later.
  const meansNobody = selected.length === 0 && instances.length > 0 && spec.change.capacity === undefined;
  const delta = meansNobody ? [] : wholeDelta(input);
  if ('kind' in delta) return delta;
  const lost = [...lostBy(delta, input), ...lostInstances(input, delta)];
  const asked = mostDisruptive([classOfDelta(delta), classOfForce(spec), classOfAsked(spec)]);
  return (
    checkOwnUpgrades(input, delta) ??
    checkReversible(lost, input) ??
    checkDisruption(spec, asked, () => askedFor(delta, asked, spec)) ?? {
      kind: 'change',
      delta,
      asked,
      lost,
      meansNobody,
    }
  );
}

/** Refuses what is more disruptive than the spec allows; `what` names what asks for so much. */
export function checkDisruption(
  { strategy }: RolloutSpec,
  changeClass: ChangeClass,
  what: () => string,
): Refusal | undefined {
  const allowed = strategy.mostDisruptiveAllowed;
  if (!isMoreDisruptive(changeClass, allowed)) return undefined;
  const message = refused.tooDisruptive(what(), changeClass, allowed);
  return refuse('tooDisruptive', message, { class: changeClass });
}

/** Everything that changes; a new size is only a restart where the hardware under the set offers it. */
function wholeDelta(input: PlanInput): readonly PropertyChange[] | Refusal {
  const wanted = wantedBy(input);
  if (wanted.kind === 'refused') return wanted;
  const edited = deltaOf(input.model, wanted.edits);
  if ('kind' in edited) return edited;
  const { capacity } = input.spec.change;
  if (capacity !== undefined) return capacityChange(input.model, capacity);
  const { sizes } = input;
  const classed = edited.map((change) =>
    change.path === 'sku.name' && typeof change.after === 'string' && isOffered(change.after, sizes)
      ? { ...change, class: 'restart' as const }
      : change,
  );
  return [...classed, ...wanted.others];
}

/** Azure tells sizes by no letters. */
function isOffered(size: string, sizes: readonly string[] = []): boolean {
  return sizes.some((offered) => offered.toLowerCase() === size.toLowerCase());
}

function classOfForce({ change }: RolloutSpec): ChangeClass {
  return change.force === undefined ? 'none' : (aboutAction(change.force).forced ?? 'none');
}

function classOfAsked(spec: RolloutSpec): ChangeClass {
  const action = askedOf(spec);
  return action === undefined ? 'none' : (aboutAction(action).asked ?? 'none');
}

/** What of a spec asks for so much. */
function askedFor(
  delta: readonly PropertyChange[],
  changeClass: ChangeClass,
  { change }: RolloutSpec,
): string {
  const worst = delta.find((one) => one.class === changeClass);
  return worst === undefined
    ? refused.forcedAction(change.force ?? change.action ?? 'action')
    : refused.changing(worst.path);
}
