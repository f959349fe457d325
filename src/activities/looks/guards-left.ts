import { refuse } from '../../core/messages/refusals.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { refused } from '../../core/messages/refused.ts';
import type { GuardLeft } from '../../core/record/held-guards.ts';
import { isEnded } from '../../core/record/phase.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import { scaleSetKey } from '../../core/spec/spec.ts';
import type { RolloutSpec } from '../../core/spec/spec.ts';
import type { Store } from '../../store/port.ts';
import { readRollout } from '../../store/rollouts.ts';
import { readEnds } from '../../store/set-ends.ts';

export interface GuardsLeft {
  readonly kind: 'left';
  readonly left: readonly GuardLeft[];
}

/** What `restoreGuardsOf` has to restore. */
export async function readGuardsLeft(
  { restoreGuardsOf = '', scaleSet }: RolloutSpec,
  store: Store,
): Promise<GuardsLeft | Refusal> {
  const record = await holderOf(restoreGuardsOf, store);
  if (record === undefined || scaleSetKey(record.scaleSet) !== scaleSetKey(scaleSet)) {
    return refuse('holderNotFound', refused.noRollout(restoreGuardsOf));
  }
  if (!isEnded(record.phase)) {
    return refuse('holderNotEnded', refused.notEnded(record.id), { rollout: record.id });
  }
  const left = await guardsStillHeld(record, store);
  const newer = left.find(
    ({ rolloutId, guard, was }) => rolloutId !== record.id && was !== wasIn(record, guard),
  );
  return newer === undefined ? { kind: 'left', left } : heldSince(newer);
}

/** A rollout that only tried to restore guards stands for the one that left them. */
async function holderOf(id: string, store: Store): Promise<RolloutRecord | undefined> {
  const record = (await readRollout(store, id))?.record;
  const named = record?.spec.restoreGuardsOf;
  return named === undefined ? record : holderOf(named, store);
}

/** Which of its guards are still held, perhaps because a later rollout left them again. */
export async function guardsStillHeld(record: RolloutRecord, store: Store): Promise<readonly GuardLeft[]> {
  const held = record.left?.heldGuards ?? [];
  if (held.length === 0) return [];
  const ends = await readEnds(store, record.scaleSet);
  return (ends?.guards ?? []).filter(({ guard }) => held.some((own) => own.guard === guard));
}

function wasIn({ left }: RolloutRecord, guard: string): string | undefined {
  return left?.heldGuards?.find((held) => held.guard === guard)?.was;
}

/** The later rollout found the policy restored, perhaps to another one: what it found is what has to be restored. */
function heldSince({ rolloutId, was }: GuardLeft): Refusal {
  return refuse('guardsHeldSince', refused.policyHeldSince(rolloutId, was), { rollout: rolloutId });
}
