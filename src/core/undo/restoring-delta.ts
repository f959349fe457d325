import { aboutAction } from '../actions/table.ts';
import { canonicalJson } from '../model/canonical.ts';
import { applyDelta, inverse } from '../model/patch.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Json, Model } from '../model/model.ts';
import { isObject, parsePath, withValue } from '../model/paths.ts';
import type { Pin } from '../model/pin.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { absentFor } from './absent.ts';
import { isExactVersion, openImage } from './open-image.ts';
import { withGrownDisks } from './unrecoverable.ts';

/**
 * What puts the model back. Where it said `latest`, it is pinned to the version that most touched instances ran:
 * `latest` would bring them to whatever is newest by now. So it is also where the change was none of the image, but
 * gave instances a new disk.
 */
export function restoringDelta(
  delta: readonly PropertyChange[],
  rows: readonly LedgerRow[],
  before: Model,
): readonly PropertyChange[] {
  const back = backOf(delta);
  const pin = pinFor(delta, rows, before);
  // fence I7: a model that said latest goes back to the version that ran
  if (pin === undefined) return back;
  const isAt = (path: string): boolean => path === pin.path || pin.path.startsWith(`${path}.`);
  if (!back.some(({ path }) => isAt(path))) {
    return [...back, { path: pin.path, before: pin.was, after: pin.now, class: 'reimage' }];
  }
  return back.map((change) => (isAt(change.path) ? { ...change, after: pinned(change, pin) } : change));
}

/** Each property as it was; with the value that stands for "not there", and no data disk smaller than it has become. */
function backOf(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  return inverse(delta)
    .map((change) => {
      const { path, before: now, after: was } = change;
      if (was === null && now !== null && change.extension === undefined)
        return { ...change, after: absentFor(path, now) };
      return { ...change, after: withGrownDisks({ path, before: was, after: now }) };
    })
    .filter(({ before, after }) => canonicalJson(before) !== canonicalJson(after));
}

/** What the model is pinned to when it is restored; `undefined` where it names an exact image, or nobody got another one. */
export function pinFor(
  delta: readonly PropertyChange[],
  rows: readonly LedgerRow[],
  before: Model,
): Pin | undefined {
  const open = openImage(applyDelta(before, inverse(delta)));
  const touched = rows.filter((row) => row.touched && isExactVersion(row.imageBefore));
  const ran = commonest(touched.map((row) => row.imageBefore));
  if (open === undefined || open.takesOnlyLatest || ran === undefined) return undefined;
  const changesImage = delta.some(({ path }) => open.path === path || open.path.startsWith(`${path}.`));
  // A new disk is made from what is newest by then, whatever the change was.
  if (
    !changesImage &&
    !touched.some((row) => row.actions.some((action) => aboutAction(action).newDisk === 'always'))
  )
    return undefined;
  const others = Map.groupBy(
    touched.filter((row) => row.imageBefore !== ran),
    (row) => row.imageBefore,
  );
  return {
    path: open.path,
    was: open.was,
    now: open.exact(ran),
    others: [...others].map(([image, group]) => ({
      image,
      instances: group.map(({ instanceId }) => instanceId),
    })),
  };
}

/** A change of an object around the image: the rest of it goes back as it was. */
function pinned({ path, after }: PropertyChange, pin: Pin): Json {
  if (path === pin.path || !isObject(after)) return pin.now;
  const inside = (parsePath(pin.path) ?? []).slice(parsePath(path)?.length);
  return withValue(after, inside, pin.now);
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
