import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { SetEnds } from '../record/set-ends.ts';

export const DAY_MS = 86_400_000;

/** Why a rollout may have to be kept, apart from its own record. */
export interface Needs {
  /** Rollouts that hold a scale set, and those that these undo or restore the guards of. */
  readonly rollouts: ReadonlySet<string>;
  readonly ends: SetEnds | undefined;
}

/** Whether a rollout ended before this time and is no longer needed. */
export function mayBePurged(
  { id, phase, endedAt }: Pick<RolloutRecord, 'id' | 'phase' | 'endedAt'>,
  { rollouts, ends }: Needs,
  before: number,
): boolean {
  if (!isEnded(phase) || endedAt === undefined || Date.parse(endedAt) >= before) return false;
  // fence V8: what runs, and what it undoes, stays
  if (rollouts.has(id)) return false;
  // fence V8: the newest snapshot of a set stays
  if (ends === undefined || ends.undoable === id) return false;
  // fence V8: whoever left a guard that still stands is not forgotten
  return ends.guards.every(({ rolloutId }) => rolloutId !== id);
}

/** The prefix of the ids of rollouts accepted at this time (ISO 8601); later ones sort higher. */
export function idStart(time: string): string {
  return time.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** When a rollout was accepted, by its id; undefined for an id that this app did not create. */
export function acceptedAt(id: string): number | undefined {
  const [, date = '', hours, minutes, seconds] = /^(\d{8})-(\d\d)(\d\d)(\d\d)-/.exec(id) ?? [];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const time = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(time) ? undefined : time;
}
