/** Who may write to a scale set. The token grows with every holder, so a write of an earlier one is told apart. */
export interface Lease {
  readonly scaleSet: string;
  readonly token: number;
  /** Absent while nobody holds it. */
  readonly rolloutId?: string;
  readonly since: string;
  /** Rollouts that wait for it, in their order; absent while nobody does. */
  readonly queue?: readonly Queued[];
}

/** A lease that somebody holds. */
export type HeldLease = Lease & { readonly rolloutId: string };

/** A rollout that waits until the scale set is free. */
export interface Queued {
  readonly rolloutId: string;
  readonly by: string;
  readonly since: string;
  /** Its label `pipeline`: a newer one of the same pipeline may take its place. */
  readonly pipeline?: string;
  /** Which one has: this one ends as soon as its workflow sees it. */
  readonly replacedBy?: string;
}
