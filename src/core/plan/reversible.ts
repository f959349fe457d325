import { askedOf } from '../actions/asked.ts';
import { aboutAction } from '../actions/table.ts';
import { warnings as texts } from '../messages/warnings.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import type { Instance } from '../instance/instances.ts';
import type { PropertyChange } from '../model/delta.ts';
import { othersIn } from '../model/pin.ts';
import { setInstead } from '../undo/absent.ts';
import { isExactVersion } from '../undo/open-image.ts';
import { imageToPin, unrecoverableIn } from '../undo/unrecoverable.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import type { PlanInput, Warning } from './plan.ts';

interface Asked extends Pick<PlanInput, 'spec' | 'model' | 'instances'> {
  readonly undo?: PlanInput['undo'] | undefined;
}

/** What of a change no rollback could put back. What undoes another rollout says that of the other one's change. */
export function lostBy(
  delta: readonly PropertyChange[],
  { spec, model, instances, undo }: Asked,
): readonly Unrecoverable[] {
  if (undo !== undefined) return [];
  const images = instances.map(({ image }) => image);
  return unrecoverableIn(delta, { model, images, forcesNewDisk: forcesNewDisk(spec) });
}

function forcesNewDisk({ change }: PlanInput['spec']): boolean {
  return change.force !== undefined && aboutAction(change.force).newDisk === 'always';
}

/** Whoever changes what cannot be put back must say that they know. */
export function checkReversible(lost: readonly Unrecoverable[], { spec }: Asked): Refusal | undefined {
  const [first] = lost;
  if (first === undefined || spec.strategy.acceptIrreversible) return undefined;
  return refuse('irreversibleChange', refused.irreversible(first.path, first.why));
}

/** What a reader should know of a rollback before anything is written. */
export function aboutRollback(
  delta: readonly PropertyChange[],
  lost: readonly Unrecoverable[],
  input: Asked,
): readonly Warning[] {
  // Nothing of an action is ever rolled back.
  const isAction = askedOf(input.spec) !== undefined || input.spec.change.capacity !== undefined;
  if (input.undo !== undefined || isAction) return [];
  const set = setInstead(delta.filter(({ extension }) => extension === undefined));
  return [
    ...(lost.length === 0
      ? []
      : [{ code: 'rollbackNotWhole' as const, message: texts.wouldNotBeWhole(lost) }]),
    ...(set.length === 0 ? [] : [{ code: 'rollbackSets' as const, message: texts.rollbackSets(set) }]),
    ...(wouldPin(delta, input)
      ? [{ code: 'rollbackPinsVersion' as const, message: pinWords(input.instances) }]
      : []),
  ];
}

function wouldPin(delta: readonly PropertyChange[], { spec, model, instances }: Asked): boolean {
  const images = instances.map(({ image }) => image);
  const open = imageToPin(delta, { model, images, forcesNewDisk: forcesNewDisk(spec) });
  return open !== undefined && !open.takesOnlyLatest && images.some((image) => isExactVersion(image));
}

/** Which version a rollback would pin: the commonest, and who runs another one. */
function pinWords(instances: readonly Instance[]): string {
  const groups = [...Map.groupBy(instances, ({ image }) => image)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const [commonest, ...rest] = groups;
  const others = rest.map(([image, group]) => ({
    image,
    instances: group.map(({ instanceId }) => instanceId),
  }));
  return texts.wouldPin(commonest?.[0], othersIn({ others }));
}
