import { z } from 'zod';
import type { Answer } from '../../core/run/answer.ts';
import type { Ports } from './ports.ts';

/** What every step of the runbook is told: ids only, since everything else is in the records. */
export const StepInput = z.strictObject({
  rollout: z.string().min(1),
  batch: z.int().nonnegative(),
  way: z.enum(['forward', 'back', 'stop']),
});
export type StepInput = z.infer<typeof StepInput>;

/** One verb of the runbook. Delivered at least once, so running it twice must do no harm. */
export interface Step {
  readonly name: string;
  readonly run: (input: StepInput, ports: Ports) => Promise<Answer>;
}

export function defineStep(step: Step): Step {
  return step;
}
