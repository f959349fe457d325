import type { Ports } from '../activities/frame/ports.ts';
import type { Place } from '../core/access/area.ts';
import type { Phase } from '../core/record/phase.ts';
import { phaseShown, standingOf } from '../core/run/standing.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { listRollouts } from '../store/list.ts';
import { readRollout } from '../store/rollouts.ts';
import type { Found } from './find-rollout.ts';

export interface Search {
  readonly scaleSet?: string | undefined;
  readonly phase?: Phase | 'paused' | undefined;
  /** Whether the caller may read what is of this scale set. */
  readonly isMeant: (place: Place) => boolean;
  /** How many at most. */
  readonly top: number;
  /** Where an earlier search has ended. */
  readonly after?: string | undefined;
}

export interface FoundPage {
  readonly found: readonly Found[];
  /** Where to go on; absent where there is no more. */
  readonly next?: string;
}

/** How many rollouts one search looks through at most; a filter that finds few says where to go on. */
const MOST_LOOKED_AT = 300;

/** Rollouts that the search means, newest first. */
export async function searchRollouts(search: Search, { store }: Ports): Promise<FoundPage> {
  const { top } = search;
  const found: Found[] = [];
  let { after } = search;
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const page = await listRollouts(store, top, after);
    looked += page.length;
    for (const { row, id, ...listed } of page) {
      after = row;
      if (!mayMatch(search, listed)) continue;
      const stored = await readRollout(store, id);
      if (stored === undefined || !matches(search, stored)) continue;
      if (found.push(stored) === top) return { found, next: row };
    }
    if (page.length < top) return { found };
  }
  return after === undefined ? { found } : { found, next: after };
}

/** Whether what the list knows speaks against reading the record. */
function mayMatch(
  { scaleSet, phase }: Search,
  listed: { readonly scaleSet: string; readonly phase?: string },
): boolean {
  if (scaleSet !== undefined && listed.scaleSet !== scaleSetKey(scaleSet)) return false;
  return phase === undefined || listed.phase === undefined || listed.phase === phase;
}

function matches({ phase, isMeant }: Search, { record, commands }: Found): boolean {
  if (!isMeant(record)) return false;
  return phase === undefined || phaseShown(record, standingOf(record, commands)) === phase;
}
