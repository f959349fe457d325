import { z } from 'zod';
import { Effect, Kind, Period, Seconds, Targets } from './shared.ts';

export const BadImage = z.strictObject({
  kind: z.literal('badImage'),
  ...Targets,
  version: z.string(),
  effect: Effect.default('unhealthy'),
  /** How long the instance seems well after it was first probed. */
  afterSeconds: Seconds.default(0),
});

export const SickInstance = z.strictObject({
  kind: z.literal('sickInstance'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  ...Period,
  effect: Effect.default('unhealthy'),
});

export const FlappingHealth = z.strictObject({
  kind: z.literal('flappingHealth'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  ...Period,
  periodSeconds: z.number().positive().default(20),
  effect: Effect.default('unhealthy'),
});

export const SlowInstance = z.strictObject({
  kind: z.literal('slowInstance'),
  ...Targets,
  instances: z.array(z.string()).min(1),
  factor: z.number().positive().default(10),
});

export const StaleFailure = z.strictObject({
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

export const ViewLag = z.strictObject({
  kind: z.literal('viewLag'),
  ...Targets,
  ...Period,
  lagSeconds: z.tuple([Seconds, Seconds]),
});

/** An extension fails in the guest when it runs; with `suppressFailures` the instance is well all the same. */
export const ExtensionFails = z.strictObject({
  kind: z.literal('extensionFails'),
  ...Targets,
  extension: z.string(),
  /** Only on instances that run this image version. */
  version: z.string().optional(),
  exitCode: z.int().default(1),
  message: z.string().default('Enable failed with exit code 1'),
});

/** Instances show other words than are true of them. */
export const InstanceShows = z.strictObject({
  kind: z.literal('instanceShows'),
  ...Targets,
  ...Period,
  /** From the first accepted request of this kind on. */
  afterOperation: Kind.optional(),
  provisioning: z.string().min(1).optional(),
  power: z.string().min(1).optional(),
  health: z.string().min(1).optional(),
});
