import type { ChildCreated, EventSent, TaskScheduled, TimerCreated } from '../wire/history.ts';

/** What an orchestration asked for and its history does not show yet. */
export type Decision =
  | { readonly kind: 'activity'; readonly id: number; readonly name: string; readonly input: string | null }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: number }
  | {
      readonly kind: 'child';
      readonly id: number;
      readonly name: string;
      readonly instanceId: string;
      readonly input: string | null;
      readonly version: string | null;
    }
  | {
      /** A message to the entity `to`. */
      readonly kind: 'send';
      readonly id: number;
      readonly to: string;
      readonly name: string;
      readonly input: string;
    };

/** Before it has its place in the order of its orchestration. */
export type Unnumbered<D> = D extends unknown ? Omit<D, 'id'> : never;

/** The code no longer asks for what its history shows. The instance fails with this message. */
export class NonDeterminismError extends Error {
  constructor(mismatch: string) {
    super(
      `Non-Deterministic workflow detected: ${mismatch} ` +
        'Was a change made to the orchestrator code after this instance had already started running?',
    );
    this.name = 'NonDeterminismError';
  }
}

export type Created = TaskScheduled | ChildCreated | TimerCreated | EventSent;
