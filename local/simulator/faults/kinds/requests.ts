import { z } from 'zod';
import { Requests, Seconds, ServerStatus, RetryAfterForm } from './shared.ts';

export const LostAnswer = z.strictObject({
  kind: z.literal('lostAnswer'),
  ...Requests,
  /** What comes instead of the answer; a broken connection when absent. */
  status: ServerStatus.optional(),
});

export const DelayedAnswer = z.strictObject({
  kind: z.literal('delayedAnswer'),
  ...Requests,
  /** Real milliseconds: long enough to end a client between acceptance and answer. */
  delayMilliseconds: z.int().positive(),
});

export const ServerError = z.strictObject({
  kind: z.literal('serverError'),
  ...Requests,
  status: ServerStatus.default(500),
  retryAfterSeconds: z.int().positive().optional(),
  retryAfterIs: RetryAfterForm,
});

export const Throttle = z.strictObject({
  kind: z.literal('throttle'),
  ...Requests,
  /** In the caller's seconds, sent as it stands. */
  retryAfterSeconds: z.int().positive().optional(),
  retryAfterIs: RetryAfterForm,
});

/** The service refuses the caller, whatever is asked for. */
export const AccessDenied = z.strictObject({
  kind: z.literal('accessDenied'),
  ...Requests,
  why: z
    .enum([
      'missingRights',
      'expiredToken',
      'invalidToken',
      'policy',
      'lock',
      'denyAssignment',
      'linkedAccess',
    ])
    .default('missingRights'),
});
/** Any other refusal before anything happened; a code that means "later" unless told. */
export const Refused = z.strictObject({
  kind: z.literal('refused'),
  ...Requests,
  status: z.int().min(400).max(599).default(409),
  code: z.string().default('RetryableError'),
  message: z.string().default('A retryable error occurred.'),
  retryAfterSeconds: z.int().positive().optional(),
  retryAfterIs: RetryAfterForm,
});
/** The answer is a page that a gateway wrote, no JSON; what was asked for happened all the same. */
export const GarbledAnswer = z.strictObject({
  kind: z.literal('garbledAnswer'),
  ...Requests,
  status: z.int().min(200).max(599).default(502),
});
/** Views of instances that lack parts. */
export const PartialView = z.strictObject({
  kind: z.literal('partialView'),
  ...Requests,
  operation: Requests.operation.default(['instanceView', 'getInstance', 'listInstances']),
  lacks: z
    .array(z.enum(['vmHealth', 'vmAgent', 'extensions', 'statuses', 'platformUpdateDomain']))
    .min(1)
    .default(['vmHealth']),
});
/** The headers of an accepted write lead nowhere: to another host, to an unknown operation, or they are not there. */
export const StrayOperationUrl = z.strictObject({
  kind: z.literal('strayOperationUrl'),
  ...Requests,
  to: z.enum(['otherHost', 'unknownOperation', 'nowhere']).default('otherHost'),
  headers: z
    .array(z.enum(['azure-asyncoperation', 'location']))
    .min(1)
    .default(['azure-asyncoperation', 'location']),
});
/** A list of instances without some of them, or without any. */
export const ShortList = z.strictObject({
  kind: z.literal('shortList'),
  ...Requests,
  operation: Requests.operation.default('listInstances'),
  lacks: z.union([z.literal('all'), z.array(z.string()).min(1)]).default('all'),
});
/** The answer takes so long, in simulated seconds, where the clock can wait. */
export const SlowAnswer = z.strictObject({
  kind: z.literal('slowAnswer'),
  ...Requests,
  seconds: Seconds,
});
/** A poll of an operation that runs, or also of one that has ended, shows another word. */
export const OperationShows = z.strictObject({
  kind: z.literal('operationShows'),
  ...Requests,
  operation: Requests.operation.default('poll'),
  status: z.string().min(1),
  whenEnded: z.boolean().default(false),
});
