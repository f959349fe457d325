import { z } from 'zod';

/** One step of one batch, by its name. */
const Turn = z.strictObject({ step: z.string().min(1), batch: z.int().nonnegative() });
export type Turn = z.infer<typeof Turn>;

/** What every step of the runbook is told: ids only, since everything else is in the records. */
export const StepInput = z.strictObject({
  rollout: z.string().min(1),
  batch: z.int().nonnegative(),
  direction: z.enum(['forward', 'rollback', 'stop']),
  /** What follows at once if this is done and leaves nothing to decide; `batches`: as many as that counts on. */
  next: z.strictObject({ turns: z.array(Turn), batches: z.int().nonnegative().optional() }).optional(),
});
export type StepInput = z.infer<typeof StepInput>;
