import { findsItsFields, hashOutside, modelHash, valuesHash } from '../../core/model/shown-delta.ts';
import { foreignPaths, isKnownSideEffect, otherChanges } from '../../core/model/side-effects.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import type { Step } from '../frame/step.ts';
import { stopForForeignModel } from '../frame/stop.ts';
import type { Seen } from './model-standing.ts';

/** Whether everything that this rollout does not change is as it was. */
export function isOursOutside({ set, watched, kept }: Seen): boolean {
  return hashOutside(set.model, watched) === hashOutside(kept.snapshot, watched);
}

/**
 * Whether a difference comes from our own write: nothing was written since the version that it produced, or it is known
 * to change exactly that.
 */
export function isExplained({ set, watched, kept, part, operation }: Seen): boolean {
  if (operation?.etag !== undefined && operation.etag === set.etag) return true;
  const sideEffects = otherChanges(kept.snapshot, set.model, watched);
  return sideEffects.length > 0 && sideEffects.every((change) => isKnownSideEffect(change, part.delta));
}

/** Whether the model is as this rollout left it, including every field that the next write changes. */
export function isAsLeft(seen: Seen, record: RolloutRecord): boolean {
  const { set, part, whole, kept } = seen;
  const isBack = seen.direction === 'rollback';
  // fence I14: no model is written over one that is not as planned
  if (modelHash(set.model) !== record.modelHash) return false;
  // What the service has made of a value is ours, too.
  if (isBack && valuesHash(set.model, kept.plan.delta) === record.leftHash) return true;
  return findsItsFields(set.model, whole ?? part.delta, isBack ? 'rollback' : 'forward');
}

/** Somebody else changed the model: the rollout stops, and names what they changed. */
export function stopForOthers(step: Step, { set, watched, kept }: Seen): Promise<Answer> {
  return stopForForeignModel(step, foreignPaths(kept.snapshot, set.model, watched));
}
