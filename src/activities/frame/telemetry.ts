import type { RolloutRecord } from '../../core/record/rollout.ts';
import type { StepInput } from './input.ts';

/**
 * Whoever watches the app from outside. It is told what happens: nothing is decided by what it knows, nothing waits for
 * it, and it never throws.
 */
export interface Telemetry {
  /** Runs a step of the runbook as a part of its rollout's trace; what it sends meanwhile is a part of the step. */
  step<T>(name: string, input: StepInput, run: () => Promise<T>): Promise<T>;
  /** A commit has changed the record, at this time in milliseconds since the epoch. */
  committed(before: RolloutRecord, after: RolloutRecord, time: number): void;
  /** How many more instances serve than must, before one is taken down. */
  room(record: RolloutRecord, instances: number): void;
}
