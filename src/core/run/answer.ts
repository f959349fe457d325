import type { EndPhase } from '../record/phase.ts';

/** What a step of the runbook answers. Everything else that it found out is in the records. */
export type Answer =
  /**
   * `batches`: how many there are; `batch`: the furthest one that was begun, or of a gate the one whose turn it is before;
   * `slides`: whether some slide; `phase`: how the rollout has ended.
   */
  | {
      readonly kind: 'done';
      readonly batches?: number;
      readonly batch?: number;
      readonly slides?: boolean;
      readonly phase?: EndPhase;
    }
  /** Some instances of the batch have to be sent again. */
  | { readonly kind: 'again' }
  | { readonly kind: 'wait'; readonly seconds: number; readonly phase: string }
  /** The rollout is no longer heading in the direction that this step belongs to. */
  | { readonly kind: 'redirected'; readonly direction: 'rollback' | 'stop' }
  /** The workflow belongs to no rollout, or runs the wrong runbook: it ends. */
  | { readonly kind: 'foreign' };
