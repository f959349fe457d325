/** Who may write to a scale set. The token grows with every holder, so a write of an earlier one is told apart. */
export interface Lease {
  readonly scaleSet: string;
  readonly token: number;
  /** Absent while nobody holds it. */
  readonly rolloutId?: string;
  readonly since: string;
}
