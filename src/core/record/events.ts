/** One line of the append-only audit: what happened, who caused it, and why. */
export interface AuditEvent {
  readonly sequence: number;
  readonly time: string;
  readonly kind: string;
  readonly message: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
  readonly by?: string;
  readonly etag?: string;
  /** ARM's own id of the request. */
  readonly requestId?: string;
}

/** An event that is about to be written: time and number are given then. */
export type RolloutEvent = Omit<AuditEvent, 'sequence' | 'time'>;
