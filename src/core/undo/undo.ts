import type { InstanceDisks } from '../instance/disks.ts';
import type { Off } from '../instance/power.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { valueAt } from '../model/changed-paths.ts';
import { sideEffectsToRestore } from '../model/side-effects.ts';
import { isApplied, isThereAlready, valuesHash } from '../model/shown-delta.ts';
import { classOfDelta, deltaOf } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Edit } from '../model/edits.ts';
import type { Model } from '../model/model.ts';
import type { Pin } from '../model/pin.ts';
import type { GuardLeft } from '../record/held-guards.ts';

/** What an ended rollout changed, and what it takes to undo that. */
export interface Undo {
  readonly rollout: string;
  /** As that rollout left it; none when it had put everything back itself. */
  readonly changed: readonly PropertyChange[];
  /** What puts the model back. */
  readonly delta: readonly PropertyChange[];
  /** What Azure changed of what was there, beside the writes of that rollout. */
  readonly beside?: readonly PropertyChange[];
  /** Fingerprint of the changed fields as it left them. */
  readonly leftHash?: string;
  /** What of it can be written and never read, so that nobody can put it back. */
  readonly irreversible: readonly string[];
  /** What the model is pinned to, where it said `latest` before. */
  readonly pin?: Pin;
  /** The instances that it touched. */
  readonly instances: readonly string[];
  /** What it left switched off. */
  readonly guards: readonly GuardLeft[];
  /** Those that it started, and how they were off before. */
  readonly started?: Readonly<Record<string, Off>>;
  /** The inverse of what it did to the data disks of single instances. */
  readonly disks: readonly InstanceDisks[];
}

/** The edits that undo, for the properties of the set itself; what was never changed needs none. */
export function undoEdits({ delta, beside = [] }: Undo, model: Model): readonly Edit[] {
  const own = delta
    .filter((change) => change.extension === undefined && !isThereAlready(model, [change]))
    .map(({ path, after }): Edit =>
      after === null ? { kind: 'remove', path } : { kind: 'set', path, value: after },
    );
  // What somebody has changed since is theirs, and what no rollout may write stays.
  const others = sideEffectsToRestore(beside, delta)
    .filter(({ path, before, after }) =>
      isApplied(model, [{ path, before: after, after: before, class: 'none' }]),
    )
    .map(({ path, after }): Edit => ({ kind: 'set', path, value: after }))
    .filter((edit) => isPossible(deltaOf(model, [edit])));
  return [...own, ...others];
}

function isPossible(delta: readonly PropertyChange[] | Refusal): boolean {
  return !('kind' in delta) && classOfDelta(delta) !== 'impossible';
}

/** What is written through resources of its own, unless it was never changed. */
export function undoOthers({ delta }: Undo, model: Model): readonly PropertyChange[] {
  return delta.filter((change) => change.extension !== undefined && !isThereAlready(model, [change]));
}

/** Nothing is undone that somebody else has changed since. */
export function checkUnchanged(model: Model, { changed, leftHash, pin, rollout }: Undo): Refusal | undefined {
  const isUnchanged =
    leftHash === undefined ? isApplied(model, changed) : valuesHash(model, changed) === leftHash;
  // Who has named an exact image since means that one.
  const pinsMore = pin !== undefined && !changed.some(({ path }) => pin.path.startsWith(path));
  if (
    // fence I7: nothing is undone that was changed since
    isUnchanged &&
    (!pinsMore || valueAt(model, pin.path) === pin.was)
  )
    return undefined;
  return refuse('modelChangedSince', refused.modelChangedSince(rollout));
}
