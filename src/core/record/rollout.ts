import type { Tags } from '../model/tags.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Pin } from '../model/pin.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { EndPhase, Phase } from './phase.ts';
import type { Quarantine } from './quarantine.ts';
import type { RunbookName } from './runbook.ts';

/**
 * Where a rollout is heading: to the target, back to what was before, or to an end where it stands. It may be redirected
 * from forward to rollback or stop, and from rollback to stop; never to forward again. Steps, rows and writes belong to
 * one direction each.
 */
export type Direction = (typeof DIRECTIONS)[number];

export const DIRECTIONS = ['forward', 'rollback', 'stop'] as const;

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly instances?: readonly string[];
  /** The instances by what they failed of, the commonest first. */
  readonly causes?: readonly Cause[];
}

export interface Cause {
  readonly code: string;
  readonly message: string;
  readonly instances: readonly string[];
}

export const WAIT_KINDS = [
  'approval',
  'window',
  'floor',
  'operation',
  'health',
  'soak',
  'freeze',
  'throttling',
  'unreachable',
  'access',
  'recovery',
  'resume',
  'queue',
] as const;

export type WaitKind = (typeof WAIT_KINDS)[number];

/** Whom a rollout waits for: what the time of each is counted under. */
export const WAITS_FOR = ['people', 'windows', 'queue', 'throttling', 'service'] as const;

export type WaitsFor = (typeof WAITS_FOR)[number];

/** Seconds that a rollout has waited so far; whoever is not named was never waited for. */
export type Waited = { readonly [K in WaitsFor]?: number };

export interface WaitingFor {
  readonly kind: WaitKind;
  readonly batch?: number;
  readonly since: string;
  readonly until?: string;
  /** How often it was asked for in vain: of a service that does not answer, or that denies it. */
  readonly tries?: number;
  /** In the queue: the rollout that holds the scale set, or comes next. */
  readonly holder?: string;
  /** In the queue: 1 for the next one. */
  readonly place?: number;
  readonly message: string;
}

export const BATCH_PHASES = [
  'pending',
  'waiting',
  'upgrading',
  'settling',
  'soaking',
  'succeeded',
  'failed',
  'rolledBack',
  'skipped',
] as const;

export type BatchPhase = (typeof BATCH_PHASES)[number];

export interface BatchProgress {
  readonly index: number;
  readonly name: string;
  readonly phase: BatchPhase;
  readonly instances: readonly string[];
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** When every instance had settled: the soak counts from here. */
  readonly settledAt?: string;
  readonly canary?: true;
}

/** Batches no longer slide into each other, and why. */
export interface FallBack {
  readonly to: 'barrier';
  readonly at: string;
  readonly message: string;
}

/** A gate that waits for approval: who approves, approves just this plan, model and batch. */
export interface Gate {
  readonly batch: number;
  readonly since: string;
  readonly until: string;
  readonly planHash: string;
  readonly modelHash: string;
}

export interface Counts {
  readonly total: number;
  readonly upgraded: number;
  readonly upgrading: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  readonly gone: number;
  readonly rolledBack: number;
}

export interface Left {
  readonly model: 'before' | 'after' | 'foreign';
  readonly instances: {
    readonly before?: readonly string[];
    readonly after?: readonly string[];
    readonly unknown?: readonly string[];
    readonly quarantined?: readonly string[];
  };
  /** Instances that were switched off before, and that the rollout has started. */
  readonly started?: readonly string[];
  /** Instances that were left for somebody to look into, and how each is released. */
  readonly quarantined?: readonly Quarantined[];
  /** What was switched off for the rollout and could not be switched on again. */
  readonly heldGuards?: readonly HeldGuard[];
  /** Where the old model named no exact image, and what it says now. */
  readonly pinned?: Pin;
}

export interface Quarantined extends Omit<Quarantine, 'isProtected'> {
  readonly instance: string;
  readonly remedy: string;
}

export const GUARD_NAMES = ['upgradePolicy', 'automaticRepairs', 'automaticOsUpgrade'] as const;

export type GuardName = (typeof GUARD_NAMES)[number];

export interface HeldGuard {
  readonly guard: GuardName;
  readonly was: string;
  readonly remedy: string;
}

/**
 * Time that counts against deadlines: it stands still while the rollout is paused, waits for an approval, or the app
 * itself was down.
 */
export interface ActiveClock {
  readonly seconds: number;
  /** When it was last read, and whether it has run since. */
  readonly at: string;
  readonly running: boolean;
  /** How long the workflow meant to sleep then: a longer absence was an outage, and does not count. */
  readonly sleepSeconds: number;
}

/** One rollout, as stored. Only its own activities change it. */
export interface RolloutRecord {
  readonly id: string;
  readonly scaleSet: string;
  /** What carries it to its end, chosen once by its spec. */
  readonly runbook: RunbookName;
  readonly spec: RolloutSpec;
  readonly requestedBy: string;
  /** The scale set's tags when it was accepted, where the policy read any: they decide who may do what with it. */
  readonly tags?: Tags;
  /** Where its idempotency key is kept. */
  readonly keyRow?: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The lease's fencing token that this rollout holds; 0 while it waits for its turn. */
  readonly fencingToken: number;
  readonly phase: Phase;
  /** When the phase began; the first one with the rollout itself. */
  readonly phaseSince?: string;
  readonly direction: Direction;
  /** How it ends once everything of its own is at rest; known as soon as its direction is `stop`. */
  readonly endsAs?: EndPhase;
  readonly planHash?: string;
  /** What the model's fingerprint must be for the next write: before the change, after it, or restored. */
  readonly modelHash?: string;
  readonly modelState: 'before' | 'after' | 'restored';
  readonly waitingFor?: WaitingFor;
  readonly gate?: Gate;
  /** The batch whose gate stands open: approved where the spec asks, and not yet settled. */
  readonly openBatch?: number;
  readonly batch?: number;
  readonly batches: readonly BatchProgress[];
  readonly fellBack?: FallBack;
  readonly counts?: Counts;
  readonly failure?: Failure;
  /** The last command that had been seen when a failure paused the rollout: a later resume or retry goes on. */
  readonly failedAfterCommand?: number;
  /** When a failure last paused it. */
  readonly pausedAt?: string;
  /** The last retry or skip that was carried out. */
  readonly carriedOut: number;
  /** Quarantined instances that are still to be protected in Azure. */
  readonly toProtect?: readonly string[];
  readonly left?: Left;
  readonly noop?: boolean;
  /** The exact image that targeted instances must run, forward or in a rollback; absent where none is named. */
  readonly targetImage?: string;
  /** Whether bringing an instance to the target takes it down. */
  readonly disruptive?: boolean;
  /** How long the batch before took to get well after its operation's end. */
  readonly settleSeconds?: number;
  /** Whether there is an old model to go back to, and whether a part of it can never be read again. */
  readonly canRollBack?: boolean;
  readonly isIrreversible?: boolean;
  /** Fingerprint of the changed fields as this rollout left them: whoever undoes it later compares with that. */
  readonly leftHash?: string;
  /** Where it was heading, and what had failed, before Azure refused to restore a guard; that may still succeed. */
  readonly beforeGuards?: { readonly direction: Direction; readonly failure?: Failure };
  /** Words of the service that nobody here knows, and that events have named: each once. */
  readonly namedWords?: readonly string[];
  /** What the service has changed in the model beside this rollout's own writes: its side effects. */
  readonly sideEffects?: readonly PropertyChange[];
  /** What a rollback has pinned the model to, where the old one said `latest`. */
  readonly pinned?: Pin;
  /**
   * The upgrade policy that is held at Manual meanwhile, and whether automatic repairs are suspended; `refused` when
   * Azure would not resume them.
   */
  readonly policyHeld?: string;
  readonly repairsHeld?: 'intended' | 'held' | 'refused';
  /** Azure's automatic OS upgrades are switched off meanwhile. */
  readonly osUpgradesHeld?: true;
  /** Guards that this rollout has restored, or found restored; they stand no longer, whoever had left them. */
  readonly restoredGuards?: readonly GuardName[];
  /** Size of the largest update domain when planned, the default of how many may be down. */
  readonly largestDomain?: number;
  /** Texts of the model before that nobody is to read: keys and signatures in the settings of its extensions. */
  readonly modelSecrets?: readonly string[];
  /** How many targets the plan leaves out since they are protected: they count as skipped. */
  readonly protectedCount?: number;
  /** Instances of the set that the rollout does nothing with: a list that lacks one is no whole list. */
  readonly bystanders?: readonly string[];
  /** Since when lists of instances lack somebody. */
  readonly shortSince?: string;
  /** The model promises a health signal, before the change and after it, and instances showed it when planned. */
  readonly promisesHealth?: boolean;
  /** Extensions whose failure says nothing of an instance: the model tells Azure to leave it aside. */
  readonly suppressed?: readonly string[];
  /** When every instance was looked at for the last time, and where the rollout was heading then. */
  readonly lastLook?: { readonly direction: Direction; readonly at: string };
  /** Reading of the active clock when the rollback began: it has a time of its own. */
  readonly rollbackFromSeconds?: number;
  /** Number of the last event written, and of the last command that has one. */
  readonly lastEvent: number;
  readonly seenCommand: number;
  readonly clock: ActiveClock;
  /** How long it has waited, and for whom, up to the last time that the clock was read. */
  readonly waited?: Waited;
  /** When its workflow was last started again, and why, until the workflow has written something. */
  readonly recovery?: { readonly at: string; readonly message?: string };
  /** When it began to stop, as the active clock read then, and the last command by then: whoever aborts later wants it to end. */
  readonly stopping?: { readonly seconds: number; readonly afterCommand: number };
  /** Since when access is denied without a break, as the active clock read then. */
  readonly denied?: { readonly seconds: number };
  /** Nothing of a kind is sent before these times: throttling, or a conflict. */
  readonly holds: Readonly<Record<string, string>>;
}
