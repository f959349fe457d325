import type { Tags } from '../model/tags.ts';

/** Some scale sets: by where they are, by their tags, or by both. All of them where it says neither. */
export interface Area {
  /** Subscriptions, resource groups and scale sets, by resource id. */
  readonly scopes?: readonly string[] | undefined;
  /** Every one of these tags has one of its values. */
  readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A scale set, as far as it is known. */
export interface Place {
  readonly scaleSet: string;
  /** Unknown ones match nothing; unread ones match everything, so that whoever judges reads them next. */
  readonly tags?: Tags | 'unread';
}

/** Whether a scale set belongs to an area. */
export function isIn(place: Place, { scopes, tags }: Area): boolean {
  if (scopes !== undefined && !isWithin(place.scaleSet, scopes)) return false;
  if (tags === undefined || place.tags === 'unread') return true;
  const { tags: shown } = place;
  return shown !== undefined && Object.entries(tags).every(([name, values]) => hasTag(shown, name, values));
}

/** Whoever writes `Production` means `production`: a rule must not be lost to a capital letter. */
function hasTag(shown: Tags, name: string, values: readonly string[]): boolean {
  const key = name.toLowerCase();
  const value = Object.hasOwn(shown, key) ? shown[key]?.toLowerCase() : undefined;
  return value !== undefined && values.some((one) => one.toLowerCase() === value);
}

/** Whether a resource id is one of these, or lies below one. */
export function isWithin(scaleSet: string, scopes: readonly string[]): boolean {
  const id = `${scaleSet.toLowerCase()}/`;
  return scopes.some((one) => id.startsWith(`${one.toLowerCase()}/`));
}
