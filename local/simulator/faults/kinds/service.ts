import { z } from 'zod';
import { Kind, Period, Seconds, RetryAfterForm } from './shared.ts';

export const Unreachable = z.strictObject({
  kind: z.literal('unreachable'),
  fromSeconds: Seconds,
  untilSeconds: Seconds,
});

/** No more machines: refused at once, or the operation ends with `AllocationFailed`. */
export const QuotaShortage = z.strictObject({
  kind: z.literal('quotaShortage'),
  scaleSet: z.string().optional(),
  ...Period,
  shows: z.enum(['refused', 'allocationFailed']).default('refused'),
});

/** 503 to everything. */
export const ServiceUnavailable = z.strictObject({
  kind: z.literal('serviceUnavailable'),
  fromSeconds: Seconds,
  untilSeconds: Seconds,
  retryAfterSeconds: z.int().positive().optional(),
  retryAfterIs: RetryAfterForm,
});

/** Everything takes `factor` times as long. */
export const SlowService = z.strictObject({
  kind: z.literal('slowService'),
  scaleSet: z.string().optional(),
  ...Period,
  factor: z.number().positive().default(10),
});
/** The set shows this provisioning state, whatever is true. */
export const SetShows = z.strictObject({
  kind: z.literal('setShows'),
  scaleSet: z.string().optional(),
  ...Period,
  /** From the first accepted request of this kind on. */
  afterOperation: Kind.optional(),
  state: z.string().min(1).default('Updating'),
});
