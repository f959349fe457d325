import { IMAGE_VERSION, inverse, isApplied } from './delta.ts';
import type { PropertyChange } from './delta.ts';
import type { Edit } from './edits.ts';
import type { LedgerRow } from './ledger.ts';
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
}

/**
 * Where the old model said `latest`, it is pinned to the version that most touched instances ran: `latest` would bring
 * them to whatever is newest by now.
 */
export function wayBack(
  delta: readonly PropertyChange[],
  rows: readonly LedgerRow[],
): readonly PropertyChange[] {
  const ran = commonest(rows.filter((row) => row.touched).map((row) => row.imageBefore));
  return inverse(delta).map((change) =>
    change.path === IMAGE_VERSION && change.after === 'latest' && ran !== undefined
      ? { ...change, after: ran }
      : change,
  );
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
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
  return refuse(
    'modelChangedSince',
    `the model no longer is as rollout ${rollout} left it`,
    'look at who changed it; change it back with a spec of its own',
    'rollbackOf',
  );
}
