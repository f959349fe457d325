import type { ScaleSet } from '../../azure/port.ts';
import { waits } from '../../core/messages/waits.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import type { Model } from '../../core/model/model.ts';
import { OS_UPGRADES_PART, POLICY_PART } from '../../core/model/parts.ts';
import type { ModelPart } from '../../core/model/parts.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { EndPhase, Phase } from '../../core/record/phase.ts';
import type { Direction } from '../../core/record/rollout.ts';
import type { KeptPlan } from '../../store/plans.ts';
import type { Leave } from '../frame/leave.ts';

/** The part of the model that is followed, and what this rollout may have changed in the rest. */
export interface Followed {
  readonly kept: KeptPlan;
  readonly part: ModelPart;
  /** Everything that this rollout changes in the model: only what is outside of it must stay as it was. */
  readonly watched: readonly PropertyChange[];
  /** In a rollback, what all parts restore: nothing is written if somebody else has changed any of them. */
  readonly whole?: readonly PropertyChange[];
  readonly direction: Direction;
  readonly phase: Phase;
  /** How the rollout ends if Azure refuses the write; by default its direction decides. */
  readonly refusedAs?: EndPhase;
}

/** What was followed, together with the scale set and the latest write as they were read. */
export interface Seen extends Followed {
  readonly operations: readonly Operation[];
  readonly operation: Operation | undefined;
  readonly set: ScaleSet;
}

/** The model is ours and the set is at rest again. */
export interface Taken {
  readonly kind: 'taken';
  readonly modelHash: string;
  readonly model: Model;
  /** What Azure changed along with our write and no event has reported yet. */
  readonly sideEffects: readonly PropertyChange[];
}

export type ModelStanding =
  | Taken
  /** None of our writes has taken effect or is on its way. */
  | { readonly kind: 'toSend'; readonly set: ScaleSet; readonly operations: readonly Operation[] }
  | Leave;

/** What is waited for while Azure applies a model. */
export function applyingMessage({ direction, part }: Pick<Followed, 'direction' | 'part'>): string {
  if (part.name === POLICY_PART) return waits.restoringPolicy;
  if (part.name === OS_UPGRADES_PART) return waits.restoringOsUpgrades;
  return waits.applyingModel(direction === 'rollback' ? 'old' : 'new');
}
