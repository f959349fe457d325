import type { SwitchedOff } from '../actions/switched-off.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { InstanceDisks } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import type { ChangeClass } from '../model/change-class.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Guards } from '../model/guards.ts';
import type { Model } from '../model/model.ts';
import type { RollingUpgrade } from '../model/rolling-upgrade.ts';
import type { GuardName } from '../record/rollout.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Undo } from '../undo/undo.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import type { PlannedBatch } from './batches.ts';
import type { Expected } from './expected.ts';

export const WARNING_CODES = [
  'nothingToDo',
  'noInstanceMatches',
  'notServing',
  'automaticOsUpgrade',
  'spotInstances',
  'zoneBalance',
  'slidingInVain',
  'noHealthSignal',
  'noGuestAgent',
  'noUpdateDomains',
  'notAllListed',
  'graceExceedsTimeout',
  'olderThanLatest',
  'rollbackPinsVersion',
  'guardStaysHeld',
  'operationsRunning',
  'bringsEveryone',
  'scaleSetHeld',
  'rollbackNotWhole',
  'upgradedCold',
  'startedFirst',
  'switchedOffAgain',
  'takesEffectLater',
  // In plans that an earlier build has stored.
  'unhealthyFirstWithin',
  'rollbackSets',
] as const;

export interface Warning {
  readonly code: (typeof WARNING_CODES)[number];
  readonly message: string;
}

/** What planning looks at, all of it read at one time. */
export interface PlanInput {
  readonly spec: RolloutSpec;
  readonly model: Model;
  readonly instances: readonly Instance[];
  /**
   * Exact versions of the platform or gallery image asked for in the set's region, newest first; empty for other kinds.
   */
  readonly versions: readonly string[];
  /** What `latest` stands for where that is not the newest of them. */
  readonly latest?: string;
  /** Sizes that the set's hardware offers, where the change is one of the size. */
  readonly sizes?: readonly string[];
  /** Whether the image is there that the spec names by its id. */
  readonly hasImage?: boolean;
  /** Whether Azure's own rolling upgrade runs. */
  readonly rollingUpgrade?: RollingUpgrade;
  /** For `rollbackOf`: the inverse of what the other rollout changed. */
  readonly undo?: Undo;
  /**
   * What names a plan: by the newest key first, which is its hash, then by older keys, since a plan may have been reviewed
   * before a key was changed. A plain hash would tell a weak key among an extension's settings to whoever tries.
   */
  readonly hashes: (value: unknown) => readonly string[];
}

export interface Plan {
  readonly kind: 'plan';
  readonly hash: string;
  readonly scaleSet: string;
  readonly delta: readonly PropertyChange[];
  readonly class: ChangeClass;
  readonly batches: readonly PlannedBatch[];
  readonly floor: number;
  readonly skipped: readonly { readonly instance: string; readonly reason: string }[];
  readonly expected: Expected;
  readonly warnings: readonly Warning[];
  /** Fingerprint of the model that the plan was made for. */
  readonly modelHash: string;
  /** The exact image that every targeted instance must run in the end, where the model names one. */
  readonly image?: string;
  /** What is done to an instance, in this order. */
  readonly actions: readonly InstanceAction[];
  /** Instances that are on the target already and get only the action that the spec forces. */
  readonly forced: readonly string[];
  readonly force?: InstanceAction;
  /** What is attached to single instances and detached from them. */
  readonly dataDisks?: readonly InstanceDisks[];
  /** Instances that are on the model already and get only their disks. */
  readonly onlyDisks?: readonly string[];
  /** Undoing has the opposite order: first the disks, then the model. */
  readonly disksFirst?: boolean;
  /** Paths of what an earlier rollout has written and this one, undoing it, cannot restore. */
  readonly irreversible?: readonly string[];
  /** What of this rollout's own change no rollback could put back; absent where there is nothing. */
  readonly unrecoverable?: readonly Unrecoverable[];
  /** Instances that are off, or are to be off again; absent where there are none. */
  readonly switchedOff?: readonly SwitchedOff[];
  /** What has to be switched off meanwhile. */
  readonly guards: Guards;
  /** What an earlier rollout left switched off, and is switched on again at the end. */
  readonly restores?: Guards;
  /** Guards of the earlier rollout that are restored already. */
  readonly restoredGuards?: readonly GuardName[];
  /** Capacity minus this is the floor, also when the capacity moves. */
  readonly largestDomain: number;
  /** The model promises a health signal, before the change and after it: a view without it says nothing. */
  readonly promisesHealth?: boolean;
  /** Targets that do not serve: the first batch begins with them. */
  readonly unserving?: readonly string[];
  /** Extensions whose failure the model tells Azure to leave aside. */
  readonly suppressed?: readonly string[];
}

/** Whether a plan leaves nothing to do. */
export function isNoop({ delta, batches, restores }: Pick<Plan, 'delta' | 'batches' | 'restores'>): boolean {
  return delta.length === 0 && batches.length === 0 && restores === undefined;
}
