import type { OffPolicy } from '../actions/switched-off.ts';

/** All that judging a row takes beside the row itself. */
export interface Observation {
  readonly now: number;
  /** Reading of the rollout's active clock. */
  readonly seconds: number;
  readonly image: string | undefined;
  readonly disruptive: boolean;
  /** How long views may show what was; also how long a lost write may still take effect. */
  readonly lostWriteSeconds: number;
  readonly viewLagSeconds: number;
  readonly stableSeconds: number;
  /** Whether there is time and room to look at instances while they are to stay well. */
  readonly looksBetween?: boolean;
  readonly timeoutSeconds: number;
  /** When the look was due at the latest; absent where nobody learns from it. */
  readonly dueBy?: number;
  /** What becomes of an instance that somebody has deallocated meanwhile; absent: it is skipped. */
  readonly offPolicy?: OffPolicy;
}
