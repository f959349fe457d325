import { z } from 'zod';
import { OPERATION_KINDS } from '../operations/table.ts';

const Kind = z.enum(OPERATION_KINDS);

/** Seconds since the simulator's start. */
const Seconds = z.number().nonnegative();

const Period = { fromSeconds: Seconds.optional(), untilSeconds: Seconds.optional() };

/** Which requests a fault hits: the `nth` one that matches, and `count` in all from there. */
const Requests = {
  ...Period,
  operation: z.union([Kind, z.array(Kind).min(1)]).optional(),
  scaleSet: z.string().optional(),
  /** Hits only requests that name one of these instances (or `*`). */
  onInstances: z.array(z.string()).optional(),
  nth: z.int().positive().default(1),
  count: z.union([z.int().positive(), z.literal('always')]).default(1),
};

const Targets = {
  scaleSet: z.string().optional(),
  instances: z.array(z.string()).optional(),
  updateDomains: z.array(z.int().nonnegative()).optional(),
};

/** Once: at a moment, or when so many writes have been accepted. */
const Once = {
  scaleSet: z.string().optional(),
  atSeconds: Seconds.optional(),
  afterWrites: z.int().positive().optional(),
};

const Effect = z.enum(['unhealthy', 'unknown', 'agentNotReady']);

const ServerStatus = z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]);

const LostAnswer = z.strictObject({
  kind: z.literal('lostAnswer'),
  ...Requests,
  /** What comes instead of the answer; a broken connection when absent. */
  status: ServerStatus.optional(),
});
const DelayedAnswer = z.strictObject({
  kind: z.literal('delayedAnswer'),
  ...Requests,
  /** Real milliseconds: long enough to end a client between acceptance and answer. */
  delayMilliseconds: z.int().positive(),
});
const ServerError = z.strictObject({
  kind: z.literal('serverError'),
  ...Requests,
  status: ServerStatus.default(500),
  retryAfterSeconds: z.int().positive().optional(),
});
const Throttle = z.strictObject({
  kind: z.literal('throttle'),
  ...Requests,
  /** In the caller's seconds, sent as it stands. */
  retryAfterSeconds: z.int().positive().optional(),
});
const Unreachable = z.strictObject({
  kind: z.literal('unreachable'),
  fromSeconds: Seconds,
  untilSeconds: Seconds,
});

const OperationFails = z.strictObject({
  kind: z.literal('operationFails'),
  ...Requests,
  operation: Requests.operation.default('manualupgrade'),
  /** Those that fail; all of the operation's when absent. */
  instances: z.array(z.string()).optional(),
  code: z.string().default('VMExtensionProvisioningError'),
  message: z
    .string()
    .default('VM has reported a failure when processing extension \'app\'. Error message: "exit 1"'),
  /** Whether the failed instances were changed before they failed. */
  changed: z.boolean().default(true),
});
const OperationPreempted = z.strictObject({
  kind: z.literal('operationPreempted'),
  ...Requests,
  afterSeconds: z.number().positive().default(5),
});
const SilentlySkips = z.strictObject({
  kind: z.literal('silentlySkips'),
  ...Requests,
  instances: z.array(z.string()).optional(),
});

const BadImage = z.strictObject({
  kind: z.literal('badImage'),
  ...Targets,
  version: z.string(),
  effect: Effect.default('unhealthy'),
  /** How long the instance seems well after it was first probed. */
  afterSeconds: Seconds.default(0),
});
const SickInstance = z.strictObject({
  kind: z.literal('sickInstance'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  ...Period,
  effect: Effect.default('unhealthy'),
});
const FlappingHealth = z.strictObject({
  kind: z.literal('flappingHealth'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  ...Period,
  periodSeconds: z.number().positive().default(20),
  effect: Effect.default('unhealthy'),
});
const SlowInstance = z.strictObject({
  kind: z.literal('slowInstance'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  factor: z.number().positive().default(10),
});
const StaleFailure = z.strictObject({
  kind: z.literal('staleFailure'),
  ...Targets,
  /** Instances that show an old failure; none when absent. */
  instances: z.array(z.string()).default([]),
  /** Whether the set itself shows it too. */
  onScaleSet: z.boolean().default(false),
  code: z.string().default('VMExtensionProvisioningError'),
  message: z
    .string()
    .default('VM has reported a failure when processing extension \'app\'. Error message: "exit 1"'),
  ageSeconds: z.number().positive().default(86_400),
  /** The operation of a model write ends Failed with this old failure, although the model was taken. */
  reportedByModelWrites: z.boolean().default(true),
});

const ForeignModel = z.strictObject({
  kind: z.literal('foreignModel'),
  ...Once,
  patch: z.record(z.string(), z.json()),
});
const ForeignCapacity = z.strictObject({ kind: z.literal('foreignCapacity'), ...Once, change: z.int() });
const ForeignUpgrade = z.strictObject({
  kind: z.literal('foreignUpgrade'),
  ...Once,
  instances: z.array(z.string()).min(1).default(['*']),
});
const ViewLag = z.strictObject({
  kind: z.literal('viewLag'),
  ...Targets,
  ...Period,
  lagSeconds: z.tuple([Seconds, Seconds]),
});

/** Somebody's autoscale rule; other than a person it leaves instances that are protected from scale-in alone. */
const Autoscale = z.strictObject({ kind: z.literal('autoscale'), ...Once, change: z.int() });
/** The platform takes instances back. */
const Eviction = z.strictObject({
  kind: z.literal('eviction'),
  ...Once,
  instances: z.array(z.string()).min(1),
  /** The model's `evictionPolicy` when absent. */
  policy: z.enum(['Deallocate', 'Delete']).optional(),
});
/** The platform repairs instances, whatever their health. */
const Repair = z.strictObject({
  kind: z.literal('repair'),
  ...Once,
  instances: z.array(z.string()).min(1),
  action: z.enum(['Replace', 'Reimage', 'Restart']).default('Replace'),
});
/** A newer version of a platform image appears. */
const ImagePublication = z.strictObject({
  kind: z.literal('imagePublication'),
  ...Once,
  version: z.string(),
  sku: z.string().optional(),
  offer: z.string().optional(),
  publisher: z.string().optional(),
});
/** The service's clock, as its answers show it, jumps forward or back; what happens keeps its pace. */
const ClockJump = z.strictObject({ kind: z.literal('clockJump'), ...Once, seconds: z.number() });
/** No more machines: refused at once, or the operation ends with `AllocationFailed`. */
const QuotaShortage = z.strictObject({
  kind: z.literal('quotaShortage'),
  scaleSet: z.string().optional(),
  ...Period,
  shows: z.enum(['refused', 'allocationFailed']).default('refused'),
});
/** 503 to everything. */
const ServiceUnavailable = z.strictObject({
  kind: z.literal('serviceUnavailable'),
  fromSeconds: Seconds,
  untilSeconds: Seconds,
  retryAfterSeconds: z.int().positive().optional(),
});

/** What can go wrong, as data. */
export const Fault = z.discriminatedUnion('kind', [
  LostAnswer,
  DelayedAnswer,
  ServerError,
  Throttle,
  Unreachable,
  OperationFails,
  OperationPreempted,
  SilentlySkips,
  BadImage,
  SickInstance,
  FlappingHealth,
  SlowInstance,
  StaleFailure,
  ForeignModel,
  ForeignCapacity,
  ForeignUpgrade,
  ViewLag,
  Autoscale,
  Eviction,
  Repair,
  ImagePublication,
  ClockJump,
  QuotaShortage,
  ServiceUnavailable,
]);

export type Fault = z.infer<typeof Fault>;
/** A fault as it is written down: fields with defaults may be left out. */
export type FaultInput = z.input<typeof Fault>;
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
export type RequestFault = FaultOf<
  | 'lostAnswer'
  | 'delayedAnswer'
  | 'serverError'
  | 'throttle'
  | 'operationFails'
  | 'operationPreempted'
  | 'silentlySkips'
>;
export type Ailment = FaultOf<'badImage' | 'sickInstance' | 'flappingHealth'>;
export type OnceFault = FaultOf<
  | 'foreignModel'
  | 'foreignCapacity'
  | 'foreignUpgrade'
  | 'autoscale'
  | 'eviction'
  | 'repair'
  | 'imagePublication'
  | 'clockJump'
>;

/** Thrown when a fault is not written as the schema says; the message names each wrong place. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

export function parseFault(input: unknown): Fault {
  const parsed = Fault.safeParse(input);
  if (!parsed.success) throw new FaultError(`This is no fault:\n${z.prettifyError(parsed.error)}`);
  const fault = parsed.data;
  if (
    'afterWrites' in fault &&
    'atSeconds' in fault &&
    fault.afterWrites !== undefined &&
    fault.atSeconds !== undefined
  ) {
    throw new FaultError(
      `This is no fault:\n${fault.kind} happens either atSeconds or afterWrites, not both`,
    );
  }
  return fault;
}
