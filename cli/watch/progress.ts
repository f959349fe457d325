import type { Instance, Rollout } from '../api/shapes.ts';

/** What is known beside the rollout itself. */
export interface Seen {
  readonly instances: readonly Instance[];
  /** By its plan. */
  readonly expectedSeconds: number | undefined;
}

export interface Progress {
  /** Whether it shows single instances. */
  readonly needsInstances: boolean;
  show(rollout: Rollout, seen: Seen): void;
  /** Says something beside the rollout's own state. */
  note(text: string): void;
  /** Time has passed, and nothing else. */
  tick(): void;
}
