import { fieldOf } from '../../view/spec.ts';
import type { Spec } from '../../view/spec.ts';

/** What each part of the form shows and changes. */
export interface FormProps {
  readonly spec: Spec;
  readonly onSpec: (spec: Spec) => void;
  /** What the app says is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
  /** Of the set; none in zonal ones. */
  readonly updateDomains: readonly number[];
}

/** A field of the spec as its input shows it: empty where the spec has none. */
export function textAt(spec: Spec, path: string): string {
  const value = fieldOf(spec, path);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
