import { z } from 'zod';
import { OPERATION_KINDS } from '../../operations/table.ts';

export const Kind = z.enum(OPERATION_KINDS);

/** Seconds since the simulator's start. */
export const Seconds = z.number().nonnegative();

export const Period = { fromSeconds: Seconds.optional(), untilSeconds: Seconds.optional() };

/** Which requests a fault hits: the `nth` one that matches, and `count` in all from there. */
export const Requests = {
  ...Period,
  operation: z.union([Kind, z.array(Kind).min(1)]).optional(),
  scaleSet: z.string().optional(),
  /** Hits only requests after one of this kind was accepted. */
  afterOperation: Kind.optional(),
  /** Hits only requests that name one of these instances (or `*`). */
  onInstances: z.array(z.string()).optional(),
  nth: z.int().positive().default(1),
  count: z.union([z.int().positive(), z.literal('always')]).default(1),
};

export const Targets = {
  scaleSet: z.string().optional(),
  instances: z.array(z.string()).optional(),
  updateDomains: z.array(z.int().nonnegative()).optional(),
};

/** Once: at a moment, or when so many writes have been accepted. */
export const Once = {
  scaleSet: z.string().optional(),
  atSeconds: Seconds.optional(),
  afterWrites: z.int().positive().optional(),
};

export const Effect = z.enum(['unhealthy', 'unknown', 'agentNotReady']);

export const ServerStatus = z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]);

/** `Retry-After` as a number of seconds, or as the date at which they are over: HTTP knows both. */
export const RetryAfterForm = z.enum(['seconds', 'date']).default('seconds');
