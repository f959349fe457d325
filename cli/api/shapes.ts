import { z } from 'zod';

/** Read leniently: a newer function app may say more than this CLI shows. */
const Problem = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
  remedy: z.string().optional(),
  rolloutId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

const Time = z.string().nullish();

const Batch = z.looseObject({
  index: z.number(),
  name: z.string(),
  phase: z.string(),
  instances: z.array(z.string()),
  startedAt: Time,
  endedAt: Time,
});
export type Batch = z.infer<typeof Batch>;

const Rollout = z.looseObject({
  id: z.string(),
  scaleSet: z.string(),
  phase: z.string(),
  noop: z.boolean().optional(),
  requestedBy: z.string().nullish(),
  reason: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  createdAt: Time,
  startedAt: Time,
  endedAt: Time,
  planHash: z.string().nullish(),
  waitingFor: z.looseObject({ kind: z.string(), message: z.string().nullish(), until: Time }).nullish(),
  batch: z.number().nullish(),
  batches: z.array(Batch).nullish(),
  instances: z.record(z.string(), z.number()).nullish(),
  failure: z
    .looseObject({
      code: z.string(),
      message: z.string().nullish(),
      remedy: z.string().nullish(),
      instances: z.array(z.string()).nullish(),
    })
    .nullish(),
  left: z
    .looseObject({
      model: z.string().nullish(),
      instances: z.record(z.string(), z.array(z.string())).nullish(),
      heldGuards: z
        .array(z.looseObject({ guard: z.string(), was: z.string().nullish(), remedy: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});
export type Rollout = z.infer<typeof Rollout>;

const RolloutPage = z.looseObject({ value: z.array(Rollout), nextLink: z.string().nullish() });

const Plan = z.looseObject({
  hash: z.string(),
  scaleSet: z.string(),
  delta: z.array(
    z.looseObject({ path: z.string(), before: z.unknown(), after: z.unknown(), class: z.string().nullish() }),
  ),
  class: z.string(),
  batches: z.array(z.looseObject({ index: z.number(), name: z.string(), instances: z.array(z.string()) })),
  floor: z.number(),
  skipped: z.array(z.looseObject({ instance: z.string(), reason: z.string() })),
  expected: z.looseObject({ seconds: z.number(), armRequests: z.number() }).nullish(),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});
export type Plan = z.infer<typeof Plan>;

const Instances = z.looseObject({
  value: z.array(
    z.looseObject({
      instanceId: z.string(),
      updateDomain: z.union([z.number(), z.string()]).nullish(),
      zone: z.string().nullish(),
      batch: z.number().nullish(),
      phase: z.string().nullish(),
      latestModelApplied: z.boolean().nullish(),
      provisioningState: z.string().nullish(),
      power: z.string().nullish(),
      health: z.string().nullish(),
      attempts: z.number().nullish(),
    }),
  ),
});
export type Instance = z.infer<typeof Instances>['value'][number];

const Events = z.looseObject({
  value: z.array(
    z.looseObject({
      sequence: z.number(),
      time: z.string(),
      kind: z.string(),
      batch: z.number().nullish(),
      by: z.string().nullish(),
      message: z.string(),
    }),
  ),
});
export type Event = z.infer<typeof Events>['value'][number];

export const shapes = { Problem, Rollout, RolloutPage, Plan, Instances, Events };
