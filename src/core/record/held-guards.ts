import type { Guards } from '../model/guards.ts';
import { scaleSetKey } from '../spec/spec.ts';
import type { GuardName, HeldGuard, RolloutRecord } from './rollout.ts';

/** A guard that an ended rollout could not restore, and what restores it. */
export interface GuardLeft extends HeldGuard {
  readonly rolloutId: string;
  readonly scaleSet: string;
}

function guardsLeftBy({ id, scaleSet, left }: RolloutRecord): readonly GuardLeft[] {
  return (left?.heldGuards ?? []).map((held) => ({ rolloutId: id, scaleSet, ...held }));
}

/**
 * Guards that still stand, each once: a later rollout may have restored one, or have found it restored and left it
 * anew. From rollouts newest first.
 */
export function guardsStanding(newestFirst: readonly RolloutRecord[]): readonly GuardLeft[] {
  const standing = new Map<string, GuardLeft>();
  for (const record of newestFirst.toReversed()) {
    const set = scaleSetKey(record.scaleSet);
    for (const guard of record.restoredGuards ?? []) standing.delete(`${set} ${guard}`);
    // Whoever only tried to restore the guards of another rollout has left none of its own.
    if (record.spec.restoreGuardsOf !== undefined) continue;
    for (const left of guardsLeftBy(record)) standing.set(`${set} ${left.guard}`, left);
  }
  return [...standing.values()];
}

/** What a record holds once the first write is in. */
export function heldInModel({
  policy,
  osUpgrades,
}: Guards): Pick<RolloutRecord, 'policyHeld' | 'osUpgradesHeld'> {
  return {
    ...(policy !== undefined && { policyHeld: policy }),
    ...(osUpgrades === true && { osUpgradesHeld: true as const }),
  };
}

/** The guards that a rollout has restored, with one more. */
export function withRestored({ restoredGuards = [] }: RolloutRecord, guard: GuardName): readonly GuardName[] {
  return [...new Set([...restoredGuards, guard])];
}
