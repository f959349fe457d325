import type { Leases, Rollout } from '../api/shapes.ts';
import { inQueue, isQueued } from './queue.ts';
import { hasEnded, waitsForPeople } from './status.ts';

/** What is to be looked at, the longest wait first. */
export interface OnCall {
  /** Rollouts that go on only when a person says so. */
  readonly people: readonly Rollout[];
  /** Rollouts that the world around the app holds up: Azure denies, does not answer, or too few serve. */
  readonly held: readonly Rollout[];
  /** Rollouts that wait for the turn of their scale set, set by set, the next one first. */
  readonly queued: readonly Rollout[];
  /** Rollouts that go on by themselves. */
  readonly going: readonly Rollout[];
  /** Rollouts that ended so that somebody has to act. */
  readonly ended: readonly Rollout[];
}

const HELD: ReadonlySet<string> = new Set([
  'floor',
  'throttling',
  'unreachable',
  'access',
  'recovery',
  'freeze',
]);
const NEEDS_SOMEBODY: ReadonlySet<string> = new Set(['failed', 'halted']);

export function onCallOf(rollouts: readonly Rollout[]): OnCall {
  const live = rollouts.filter((rollout) => !hasEnded(rollout)).sort(bySince);
  const others = live.filter((rollout) => !waitsForPeople(rollout));
  const isHeld = ({ waitingFor }: Rollout): boolean => HELD.has(waitingFor?.kind ?? '');
  return {
    people: live.filter(waitsForPeople),
    held: others.filter(isHeld),
    queued: inQueue(others),
    going: others.filter((rollout) => !isHeld(rollout) && !isQueued(rollout)),
    ended: rollouts.filter(({ phase }) => NEEDS_SOMEBODY.has(phase)).filter(isLast(rollouts)),
  };
}

function bySince(one: Rollout, other: Rollout): number {
  return sinceOf(one) < sinceOf(other) ? -1 : 1;
}

function sinceOf({ waitingFor, createdAt }: Rollout): string {
  return waitingFor?.since ?? createdAt;
}

/** What a later rollout of the same set has gone over is no longer for anybody to mend. */
function isLast(rollouts: readonly Rollout[]): (rollout: Rollout) => boolean {
  return ({ scaleSet, createdAt }) =>
    !rollouts.some(
      (other) =>
        other.scaleSet.toLowerCase() === scaleSet.toLowerCase() &&
        other.createdAt > createdAt &&
        other.phase !== 'refused',
    );
}

export function stuckLeases({ value }: Leases): Leases['value'] {
  return value.filter(({ state }) => state !== 'live' && state !== 'starting');
}

/** Guards that nobody restores any more: those of ended rollouts, and of leases whose holder is dead. */
export function guardsLeft(leases: Leases): Leases['guardsLeft'] {
  const stuck = stuckLeases(leases).flatMap(({ rolloutId, scaleSet, heldGuards }) =>
    heldGuards.map((guard) => ({ ...guard, rolloutId, scaleSet })),
  );
  return [...stuck, ...leases.guardsLeft];
}
