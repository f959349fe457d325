import { isApplied } from './delta.ts';
import type { PropertyChange } from './delta.ts';
import type { Edit } from './edits.ts';
import type { GuardLeft } from './held-guards.ts';
import type { Model } from './model.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** What an ended rollout changed, and what it takes to undo that. */
export interface Undo {
  readonly rollout: string;
  /** As that rollout left it; none when it had put everything back itself. */
  readonly changed: readonly PropertyChange[];
  readonly back: readonly PropertyChange[];
  /** The instances that it touched. */
  readonly instances: readonly string[];
  /** What it left switched off. */
  readonly guards: readonly GuardLeft[];
}

/** The edits that undo, for the properties of the set itself. */
export function undoEdits({ back }: Undo): readonly Edit[] {
  return back
    .filter(({ extension }) => extension === undefined)
    .map(({ path, after }) =>
      after === null ? { kind: 'remove', path } : { kind: 'set', path, value: after },
    );
}

export function undoOthers({ back }: Undo): readonly PropertyChange[] {
  return back.filter(({ extension }) => extension !== undefined);
}

/** Nothing is undone that somebody else has changed since. */
export function checkUnchanged(model: Model, { changed, rollout }: Undo): Refusal | undefined {
  if (isApplied(model, changed)) return undefined;
  return refuse('modelChangedSince', `the model no longer is as rollout ${rollout} left it`);
}
