import { audit } from '../../core/messages/audit.ts';
import { restoreOsUpgrades } from '../../core/model/guards.ts';
import { OS_UPGRADES_PART } from '../../core/model/parts.ts';
import { withRestored } from '../../core/record/held-guards.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import { readPlan } from '../../store/plans.ts';
import { finish } from '../frame/commit.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { followModel } from '../looks/follow-model.ts';
import { sendModel } from './model-write.ts';
import { watchedAtEnd } from './restore-policy.ts';

/** Whether automatic OS upgrades are still to be switched on again. Somebody else's model is not ours to touch. */
export function owesOsUpgrades({ failure, osUpgradesHeld }: RolloutRecord): boolean {
  return failure?.code !== 'conflict' && osUpgradesHeld === true;
}

/**
 * Lets Azure upgrade the image by itself again, at every end: it does so a fifth at a time and looks at health, and never
 * brings an instance to another model. What was begun is followed to its end; where it may not begin, it is not.
 */
export async function restoreHeldOsUpgrades(
  step: Step,
  { mayBegin }: { readonly mayBegin: boolean },
): Promise<{ readonly kind: 'restored' } | { readonly kind: 'staysHeld' } | Leave> {
  const { phase, id } = step.record;
  const isBegun = step.records.operations.some(({ part }) => part === OS_UPGRADES_PART);
  if (!mayBegin && !isBegun) return { kind: 'staysHeld' };
  const kept = await readPlan(step.store, id);
  if (kept === undefined) return { kind: 'staysHeld' };
  const write = {
    part: { name: OS_UPGRADES_PART, delta: restoreOsUpgrades() },
    direction: 'rollback',
    phase,
    refusedAs: 'failed',
  } as const;
  const standing = await followModel(step, { ...write, kept, watched: watchedAtEnd(step.record, kept) });
  switch (standing.kind) {
    case 'leave':
      return standing;
    case 'toSend':
      if (!mayBegin) return { kind: 'staysHeld' };
      return leave(await sendModel(step, standing.set, { write, operations: standing.operations }));
    case 'taken': {
      const restoredGuards = withRestored(step.record, 'automaticOsUpgrade');
      await finish(step, { osUpgradesHeld: undefined, modelHash: standing.modelHash, restoredGuards }, [
        { kind: 'guardRestored', message: audit.osUpgradesRestored },
      ]);
      return { kind: 'restored' };
    }
  }
}
