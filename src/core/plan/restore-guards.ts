import { byInstanceId } from '../instance/instances.ts';
import type { Instance } from '../instance/instances.ts';
import { audit } from '../messages/audit.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { warnings } from '../messages/warnings.ts';
import { modelHash } from '../model/shown-delta.ts';
import { guardsOf, restoreInModel } from '../model/guards.ts';
import type { Guards } from '../model/guards.ts';
import type { Model } from '../model/model.ts';
import type { RolloutEvent } from '../record/events.ts';
import type { GuardLeft } from '../record/held-guards.ts';
import type { GuardName, RolloutRecord } from '../record/rollout.ts';
import { scaleSetKey } from '../spec/spec.ts';
import type { Expected } from './expected.ts';
import { checkScaleSet } from './plan-checks.ts';
import type { Plan, PlanInput } from './plan.ts';
import type { Warning } from './plan.ts';

/** Guards that an ended rollout left: what of them is restored now, and what stands no longer. */
export interface Restorable {
  readonly guards: Guards;
  readonly restoredGuards: readonly GuardName[];
  /** Somebody has set the upgrade policy to another one than what was held. */
  readonly foreignPolicy?: string;
}

/** Only what is still as the rollout left it is restored: anything else somebody has decided since. */
export function restorable(model: Model, left: readonly Pick<GuardLeft, 'guard' | 'was'>[]): Restorable {
  const now = guardsOf(model);
  const was = left.find(({ guard }) => guard === 'upgradePolicy')?.was;
  const isSuspended = left.some(({ guard }) => guard === 'automaticRepairs');
  const policy = now.policy === undefined ? was : undefined;
  const repairs = isSuspended && now.repairs === true;
  const isOsLeft = left.some(({ guard }) => guard === 'automaticOsUpgrade');
  const osUpgrades = isOsLeft && now.osUpgrades !== true;
  return {
    guards: {
      ...(policy !== undefined && { policy }),
      ...(repairs && { repairs: true as const }),
      ...(osUpgrades && { osUpgrades: true as const }),
    },
    restoredGuards: [
      ...(was !== undefined && policy === undefined ? (['upgradePolicy'] as const) : []),
      ...(isSuspended && !repairs ? (['automaticRepairs'] as const) : []),
      ...(isOsLeft && !osUpgrades ? (['automaticOsUpgrade'] as const) : []),
    ],
    ...(was !== undefined && now.policy !== undefined && now.policy !== was && { foreignPolicy: now.policy }),
  };
}

/** Whether a rollout has guards to restore that another one left. */
export function hasGuards({ policy, repairs, osUpgrades }: Guards): boolean {
  return policy !== undefined || repairs === true || osUpgrades === true;
}

export interface GuardsInput extends Pick<
  PlanInput,
  'spec' | 'model' | 'instances' | 'rollingUpgrade' | 'hashes'
> {
  readonly left: readonly GuardLeft[];
}

/** The plan of `restoreGuardsOf`: takes nothing down and changes nothing but what was held. */
export function planGuards({ left, ...input }: GuardsInput): Plan | Refusal {
  const { spec, model, instances } = input;
  const { guards, restoredGuards, foreignPolicy } = restorable(model, left);
  if (foreignPolicy !== undefined) return foreign(foreignPolicy);
  const unfit = checkScaleSet({ ...input, versions: [] });
  if (unfit !== undefined) return unfit;
  const floor = instances.length;
  const delta = restoreInModel(guards);
  const hashes = input.hashes({ scaleSet: scaleSetKey(spec.scaleSet), delta, guards, floor });
  const [hash = ''] = hashes;
  if (spec.planHash !== undefined && !hashes.includes(spec.planHash)) {
    return refuse('planChanged', refused.planChanged(hash));
  }
  return {
    kind: 'plan',
    hash,
    scaleSet: spec.scaleSet,
    delta: [],
    class: 'none',
    batches: [],
    floor,
    skipped: [],
    expected: expectationOf(guards, instances.length),
    warnings: warningsOf(guards, instances),
    modelHash: modelHash(model),
    actions: [],
    forced: [],
    guards: {},
    largestDomain: 1,
    ...(hasGuards(guards) && { restores: guards }),
    ...(restoredGuards.length > 0 && { restoredGuards }),
  };
}

function foreign(policy: string): Refusal {
  return refuse('policySetSince', refused.policySetSince(policy));
}

/** The views are waited for, then one write is followed; the instances are listed before and after. */
function expectationOf(guards: Guards, instances: number): Expected {
  if (!hasGuards(guards)) return { seconds: 0, armRequests: 0 };
  return { seconds: 45, armRequests: 7 + 2 * Math.max(1, Math.ceil(instances / 100)) };
}

function warningsOf(guards: Guards, instances: readonly Instance[]): readonly Warning[] {
  if (!hasGuards(guards)) {
    return [{ code: 'nothingToDo', message: warnings.guardsRestored }];
  }
  const behind = behindModel(instances);
  if (guards.policy === undefined || behind.length === 0) return [];
  return [{ code: 'guardStaysHeld', message: warnings.guardStaysHeld(behind) }];
}

/** Instances that Azure would upgrade by itself, all at once, if its policy were restored now. */
export function behindModel(instances: readonly Instance[]): readonly string[] {
  return instances
    .filter(({ latestModelApplied }) => !latestModelApplied)
    .map(({ instanceId }) => instanceId)
    .sort(byInstanceId);
}

/** What is told of guards that a rollout restores although another one had left them. */
export function guardsTakenOver(
  { restores }: Pick<Plan, 'restores'>,
  { spec, fencingToken }: RolloutRecord,
): readonly RolloutEvent[] {
  if (restores === undefined) return [];
  const holder = spec.restoreGuardsOf ?? spec.rollbackOf ?? '';
  const message = audit.guardsTakenOver(restores, holder, fencingToken);
  return [{ kind: 'guardTakenOver', message }];
}
