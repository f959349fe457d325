import { z } from 'zod';

/** What every step of the runbook is told: ids only, since everything else is in the records. */
export const StepInput = z.strictObject({
  rollout: z.string().min(1),
  batch: z.int().nonnegative(),
  direction: z.enum(['forward', 'rollback', 'stop']),
});
export type StepInput = z.infer<typeof StepInput>;
