import { compareVersions } from '../model/versions.ts';
import type { Schedule } from './schedule.ts';

/** A version of an image, and when this app saw it for the first time. */
export interface SeenVersion {
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export type Choice =
  | { readonly kind: 'version'; readonly version: string }
  /** The newest that is right is still too young; `version` is what is taken until then, where there is one. */
  | { readonly kind: 'young'; readonly newest: string; readonly ripe: number; readonly version?: string }
  | { readonly kind: 'none' };

/** The version that a schedule wants its sets on, going by the versions alone. */
export function chooseVersion(schedule: Schedule, versions: readonly SeenVersion[], now: number): Choice {
  const { channel, leastAgeHours } = schedule;
  const fitting = versions
    .filter(({ version }) => fits(schedule, version))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const right = channel === 'previous' ? fitting.slice(1) : fitting;
  const ripeAt = ({ since }: SeenVersion): number => since + leastAgeHours * 3_600_000;
  const [newest] = right;
  if (newest === undefined) return { kind: 'none' };
  // A version that this very look has seen first was seen after the look had begun.
  const ripe = right.find((one) => leastAgeHours === 0 || ripeAt(one) <= now);
  if (ripe === newest) return { kind: 'version', version: newest.version };
  const young = { kind: 'young', newest: newest.version, ripe: ripeAt(newest) } as const;
  return ripe === undefined ? young : { ...young, version: ripe.version };
}

/** Whether a version is in the range that the schedule allows, and not excluded. */
export function fits({ from, below, exclude = [] }: Schedule, version: string): boolean {
  return (
    !exclude.includes(version) &&
    (from === undefined || compareVersions(version, from) >= 0) &&
    (below === undefined || compareVersions(version, below) < 0)
  );
}
