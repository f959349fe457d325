import type { HeldGuard, RolloutRecord } from './rollout.ts';

/** A guard that an ended rollout could not give back, and what gives it back. */
export interface GuardLeft extends HeldGuard {
  readonly rolloutId: string;
  readonly scaleSet: string;
}

export function guardsLeftBy({ id, scaleSet, left }: RolloutRecord): readonly GuardLeft[] {
  return (left?.heldGuards ?? []).map((held) => ({ rolloutId: id, scaleSet, ...held }));
}

/** Guards that still stand: a later rollout that undid the holder has given them back, or left its own. */
export function guardsStanding(records: readonly RolloutRecord[]): readonly GuardLeft[] {
  const succeeded = records.filter(({ phase }) => phase === 'succeeded');
  const undone = new Set(succeeded.map(({ spec }) => spec.rollbackOf));
  return records.filter(({ id }) => !undone.has(id)).flatMap((record) => guardsLeftBy(record));
}
