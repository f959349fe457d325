import type { EndPhase } from '../record/phase.ts';

/** A rollout that a schedule has started for one set and one version. */
export interface Start {
  readonly version: string;
  /** How often the version had been released for another try by then. */
  readonly release: number;
  readonly rolloutId: string;
  readonly at: string;
  readonly end?: EndPhase;
}

/** What a schedule knows of one of its sets. */
export interface SetTrail {
  readonly scaleSet: string;
  /** The oldest first. */
  readonly starts: readonly Start[];
  /** The version that all its instances were seen to run, without a break, and since when. */
  readonly runs?: { readonly version: string; readonly since: string };
}

/** A person lets a version that has failed be tried again. */
export interface Release {
  readonly version: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** How often a version has been released. */
export function releasesOf(releases: readonly Release[], version: string): number {
  return releases.filter((one) => one.version === version).length;
}

/** Ends that say something against the image itself, so that no other set takes it either. */
const AGAINST_IMAGE: readonly EndPhase[] = ['rolledBack', 'halted', 'failed'];

export interface Mark {
  readonly start: Start;
  readonly scaleSet: string;
}

/** The start of this version on this set since it was last released, if there is one. */
export function startOn(
  trail: SetTrail | undefined,
  version: string,
  releases: readonly Release[],
): Start | undefined {
  const release = releasesOf(releases, version);
  return trail?.starts.findLast((one) => one.version === version && one.release >= release);
}

/** A set on which this version has failed since it was last released. */
export function failureOf(
  trails: readonly SetTrail[],
  version: string,
  releases: readonly Release[],
): Mark | undefined {
  for (const trail of trails) {
    const start = startOn(trail, version, releases);
    if (start?.end !== undefined && AGAINST_IMAGE.includes(start.end))
      return { start, scaleSet: trail.scaleSet };
  }
  return undefined;
}
