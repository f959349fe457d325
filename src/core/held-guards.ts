import { z } from 'zod';
import type { RolloutRecord } from './rollout.ts';

/** A guard that an ended rollout could not give back, and what gives it back. */
export interface GuardLeft {
  readonly rolloutId: string;
  readonly scaleSet: string;
  readonly guard: string;
  readonly was: string | null;
  readonly remedy: string | null;
}

/** Read leniently: what an older version of the app has left is to be found as well. */
const Held = z.array(
  z.object({
    guard: z.string(),
    was: z.string().nullish().catch(null),
    remedy: z.string().nullish().catch(null),
  }),
);

export function guardsLeftBy({ id, scaleSet, left }: RolloutRecord): readonly GuardLeft[] {
  const held = z.object({ heldGuards: Held }).safeParse(left);
  if (!held.success) return [];
  return held.data.heldGuards.map(({ guard, was, remedy }) => ({
    rolloutId: id,
    scaleSet,
    guard,
    was: was ?? null,
    remedy: remedy ?? null,
  }));
}

/** Guards that still stand: a later rollout that undid the holder has given them back, or left its own. */
export function guardsStanding(records: readonly RolloutRecord[]): readonly GuardLeft[] {
  const undone = new Set(
    records.filter(({ phase }) => phase === 'succeeded').map((record) => undoes(record)),
  );
  return records.filter(({ id }) => !undone.has(id)).flatMap((record) => guardsLeftBy(record));
}

function undoes({ spec }: RolloutRecord): string | undefined {
  return z.object({ rollbackOf: z.string() }).safeParse(spec).data?.rollbackOf;
}
