import type { Rollout } from '../api/shapes.ts';

export function isQueued({ waitingFor, endedAt }: Rollout): boolean {
  return endedAt === null && waitingFor?.kind === 'queue';
}

/** Those that wait for the turn of their scale set, set by set, the next one first. */
export function inQueue(rollouts: readonly Rollout[]): readonly Rollout[] {
  return rollouts.filter(isQueued).toSorted((one, other) => {
    const [of, than] = [one.scaleSet.toLowerCase(), other.scaleSet.toLowerCase()];
    if (of !== than) return of < than ? -1 : 1;
    return placeOf(one) - placeOf(other);
  });
}

function placeOf({ waitingFor }: Rollout): number {
  return waitingFor?.place ?? Infinity;
}
