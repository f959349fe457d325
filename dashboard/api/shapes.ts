/** What the API answers, as far as the page shows it; docs/API.md has all of it. */
export interface ScaleSetSummary {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string | null;
  readonly zones: readonly string[];
  readonly vmSize: string | null;
  readonly capacity: number | null;
  readonly orchestrationMode: string;
  readonly upgradePolicy: string | null;
  readonly image: unknown;
  readonly provisioningState: string;
  readonly heldBy: string | null;
}

export interface ScaleSets {
  readonly value: readonly ScaleSetSummary[];
  readonly unreadable?: readonly {
    readonly subscriptionId: string;
    readonly code: string;
    readonly message: string;
  }[];
}

export interface ScaleSet extends ScaleSetSummary {
  readonly model: unknown;
  readonly instanceView: unknown;
}

/** What places an instance in the heat map. */
export interface Placed {
  readonly instanceId: string;
  readonly name: string;
  readonly updateDomain: number | null;
  readonly faultDomain: number | null;
  readonly zone: string | null;
  readonly placementGroup?: string | null;
}

/** An instance as Azure shows it. */
export interface SetInstance extends Placed {
  readonly vmSize: string | null;
  readonly latestModelApplied: boolean;
  readonly image: string;
  readonly provisioningState: string;
  readonly power: string | null;
  readonly health: string | null;
  readonly agent: string | null;
  readonly protection: { readonly fromScaleSetActions: boolean; readonly fromScaleIn: boolean };
}

export interface SetInstanceDetail extends SetInstance {
  readonly model?: unknown;
  readonly instanceView?: unknown;
}

export interface Next {
  readonly command: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
}

export interface Wait {
  readonly kind: string;
  readonly message?: string;
  readonly batch?: number;
  readonly since?: string;
  readonly until?: string;
}

export interface Batch {
  readonly index: number;
  readonly name: string;
  readonly phase: string;
  readonly instances: readonly string[];
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface Cause {
  readonly code: string;
  readonly message: string;
  readonly instances: readonly string[];
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly instances?: readonly string[];
  readonly causes?: readonly Cause[];
}

export interface HeldGuard {
  readonly guard: string;
  readonly was?: string;
  readonly remedy?: string;
}

export interface Left {
  readonly model?: string;
  readonly instances?: Readonly<Record<string, readonly string[]>>;
  readonly heldGuards?: readonly HeldGuard[];
  readonly quarantined?: readonly { readonly instance: string; readonly remedy: string }[];
}

export interface Rollout {
  readonly id: string;
  readonly scaleSet: string;
  readonly phase: string;
  readonly requestedBy: string;
  readonly reason: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly noop?: boolean;
  readonly next: readonly Next[];
  /** What others may ask for now, and why not this caller. */
  readonly denied?: readonly { readonly command: string; readonly message: string }[];
  readonly waitingFor?: Wait;
  readonly batch?: number;
  readonly batches: readonly Batch[];
  readonly instances: Readonly<Record<string, number>>;
  readonly failure?: Failure;
  readonly left?: Left;
}

/** An instance as a rollout knows it. */
export interface RolloutInstance extends Placed {
  readonly batch: number;
  readonly phase: string;
  readonly image: { readonly before: string; readonly now: string };
  readonly latestModelApplied: boolean | null;
  readonly provisioningState: string | null;
  readonly power: string | null;
  readonly health: string | null;
  readonly attempts: number;
  readonly failure?: Failure & { readonly evidence?: unknown };
  readonly updatedAt: string;
}

export interface RolloutEvent {
  readonly sequence: number;
  readonly time: string;
  readonly kind: string;
  readonly message: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
  readonly by?: string;
  readonly requestId?: string;
}

export interface Change {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly class?: string;
}

export interface Warning {
  readonly code: string;
  readonly message: string;
}

export interface PlannedBatch {
  readonly index: number;
  readonly name: string;
  readonly instances: readonly string[];
}

/** The plan of a rollout, or of a rollback. */
export interface Plan {
  readonly hash?: string;
  readonly scaleSet: string;
  readonly delta: readonly Change[];
  readonly class: string;
  readonly batches: readonly PlannedBatch[];
  readonly floor: number;
  readonly skipped?: readonly { readonly instance: string; readonly reason: string }[];
  readonly unrecoverable?: readonly { readonly path: string; readonly why: string }[];
  readonly expected?: { readonly seconds: number; readonly armRequests: number };
  readonly warnings: readonly Warning[];
}

export interface List<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}

export interface Lease {
  readonly id: string;
  readonly scaleSet: string;
  readonly rolloutId: string;
  readonly phase?: string | null;
  readonly since: string;
  readonly state: string;
  readonly message: string;
  readonly canTakeOver: boolean;
  readonly remedy?: string | null;
  readonly heldGuards?: readonly HeldGuard[];
}

export interface Leases {
  readonly value: readonly Lease[];
  readonly guardsLeft: readonly (HeldGuard & { readonly rolloutId: string; readonly scaleSet: string })[];
}

export interface Explanation {
  readonly standing: string;
  readonly possible: readonly string[];
  readonly plan: Plan | null;
  readonly rollback: Plan | null;
  readonly done: { readonly model: string };
  readonly left: Left;
  readonly undo: {
    readonly commands: readonly string[];
    readonly guards: readonly string[];
    readonly unrecoverable: readonly { readonly path: string; readonly why: string }[];
  };
}

/** Who looks at the page. */
export interface Caller {
  readonly kind: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface Freeze {
  readonly frozen: boolean;
  readonly by?: string;
  readonly since?: string;
  readonly reason?: string;
}

/** `application/problem+json`. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly rolloutId?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
