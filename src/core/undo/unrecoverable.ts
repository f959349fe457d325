import { undoing } from '../messages/undoing.ts';
import { needsNewDisk } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Json, Model } from '../model/model.ts';
import { isList, isObject } from '../model/paths.ts';
import { isExactVersion, openImage } from './open-image.ts';
import type { OpenImage } from './open-image.ts';

/** A part of a change that no rollback puts back. */
export interface Unrecoverable {
  readonly path: string;
  readonly why: string;
}

/** What the change is made to: the model as it was before, and the images that its instances ran. */
interface Before {
  readonly model: Model;
  readonly images: readonly string[];
  /** Whether instances get new disks whatever changes. */
  readonly forcesNewDisk?: boolean;
}

/** What of a change cannot be put back, and why: looked at before anything is written. */
export function unrecoverableIn(delta: readonly PropertyChange[], before: Before): readonly Unrecoverable[] {
  return [
    ...delta
      .filter(({ isSecret }) => isSecret === true)
      .map(({ path }) => ({ path, why: undoing.unreadable })),
    ...ofImage(delta, before),
    ...delta.filter((change) => grows(change)).map(({ path }) => ({ path, why: undoing.diskGrows })),
  ];
}

/** A new disk is made from what is newest by then, unless the model can be pinned to what ran before. */
function ofImage(delta: readonly PropertyChange[], before: Before): readonly Unrecoverable[] {
  const open = imageToPin(delta, before);
  if (open === undefined) return [];
  if (open.takesOnlyLatest) return [{ path: open.path, why: undoing.takesOnlyLatest }];
  const { images } = before;
  const isKnown = images.length === 0 || images.some((image) => isExactVersion(image));
  return isKnown ? [] : [{ path: open.path, why: undoing.versionUnknown }];
}

/** The image that a rollback would have to name, where it is whichever is newest and instances get new disks. */
export function imageToPin(
  delta: readonly PropertyChange[],
  { model, forcesNewDisk = false }: Before,
): OpenImage | undefined {
  const open = openImage(model);
  if (open === undefined || delta.length === 0) return undefined;
  const { path: own, reference } = open;
  const changesImage = delta.some(
    ({ path }) => own === path || own.startsWith(`${path}.`) || path.startsWith(`${reference}.`),
  );
  return changesImage || forcesNewDisk || needsNewDisk(delta) ? open : undefined;
}

const DISKS = /\.dataDisks(?:\[[^\]]*\])?(?:\.diskSizeGB)?$/;

/** Whether a data disk gets larger: none gets smaller again. */
export function grows({ path, before, after }: Pick<PropertyChange, 'path' | 'before' | 'after'>): boolean {
  if (!DISKS.test(path)) return false;
  const [old, next] = [sizesIn(before), sizesIn(after)];
  return [...next].some(([lun, size]) => size > (old.get(lun) ?? Infinity));
}

/** A list of disks, one of them, or the size of one. */
function sizesIn(value: Json): ReadonlyMap<string, number> {
  const disks = isList(value) ? value : [value];
  return new Map(
    disks.flatMap((disk): [string, number][] => {
      if (typeof disk === 'number') return [['', disk]];
      if (!isObject(disk)) return [];
      const { lun, diskSizeGB } = disk;
      return typeof diskSizeGB === 'number' ? [[isList(value) ? JSON.stringify(lun) : '', diskSizeGB]] : [];
    }),
  );
}

/** A value of before, with its data disks as large as they have become. */
export function withGrownDisks({
  path,
  before,
  after,
}: Pick<PropertyChange, 'path' | 'before' | 'after'>): Json {
  if (!grows({ path, before, after })) return before;
  const sizes = sizesIn(after);
  const grown = (disk: Json, lun: string): Json => {
    const size = sizes.get(lun);
    if (typeof disk === 'number') return Math.max(disk, size ?? disk);
    if (!isObject(disk) || size === undefined || typeof disk['diskSizeGB'] !== 'number') return disk;
    return { ...disk, diskSizeGB: Math.max(disk['diskSizeGB'], size) };
  };
  return isList(before)
    ? before.map((disk) => grown(disk, isObject(disk) ? JSON.stringify(disk['lun']) : ''))
    : grown(before, '');
}
