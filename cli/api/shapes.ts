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

const HeldGuards = z.array(
  z.looseObject({ guard: z.string(), was: z.string().nullish(), remedy: z.string().nullish() }),
);

const Quarantined = z.array(z.looseObject({ instance: z.string(), remedy: z.string() }));

const Next = z.looseObject({
  command: z.string(),
  batch: z.number().nullish(),
  instances: z.array(z.string()).nullish(),
});

const Rollout = z.looseObject({
  paused: z
    .looseObject({ by: z.string().nullish(), since: z.string(), reason: z.string().nullish() })
    .nullish(),
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
  next: z.array(Next).nullish(),
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
      causes: z
        .array(z.looseObject({ code: z.string(), message: z.string(), instances: z.array(z.string()) }))
        .nullish(),
    })
    .nullish(),
  left: z
    .looseObject({
      model: z.string().nullish(),
      instances: z.record(z.string(), z.array(z.string())).nullish(),
      quarantined: Quarantined.nullish(),
      started: z.array(z.string()).nullish(),
      heldGuards: HeldGuards.nullish(),
      pinned: z.looseObject({ path: z.string(), was: z.string(), now: z.string() }).nullish(),
    })
    .nullish(),
});
export type Rollout = z.infer<typeof Rollout>;

const RolloutPage = z.looseObject({ value: z.array(Rollout), nextLink: z.string().nullish() });
export type RolloutPage = z.infer<typeof RolloutPage>;

const Plan = z.looseObject({
  hash: z.string(),
  scaleSet: z.string(),
  delta: z.array(
    z.looseObject({ path: z.string(), before: z.unknown(), after: z.unknown(), class: z.string().nullish() }),
  ),
  class: z.string(),
  dataDisks: z
    .array(
      z.looseObject({
        instance: z.string(),
        attach: z.array(z.looseObject({ diskId: z.string(), lun: z.number() })),
        detach: z.array(z.looseObject({ diskId: z.string(), lun: z.number() })),
      }),
    )
    .nullish(),
  batches: z.array(z.looseObject({ index: z.number(), name: z.string(), instances: z.array(z.string()) })),
  floor: z.number(),
  window: z.looseObject({ open: z.boolean(), until: z.string().nullish() }).nullish(),
  restores: z
    .looseObject({
      policy: z.string().nullish(),
      repairs: z.boolean().nullish(),
      osUpgrades: z.boolean().nullish(),
    })
    .nullish(),
  skipped: z.array(z.looseObject({ instance: z.string(), reason: z.string() })),
  expected: z.looseObject({ seconds: z.number(), armRequests: z.number() }).nullish(),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});
export type Plan = z.infer<typeof Plan>;

const Shown = z.looseObject({ state: z.string(), message: z.string().nullish(), at: Time });

const Evidence = z.looseObject({
  seenAt: Time,
  provisioning: Shown.nullish(),
  power: z.string().nullish(),
  agent: Shown.nullish(),
  health: Shown.nullish(),
  extensions: z.array(Shown.extend({ name: z.string() })).nullish(),
  image: z.string().nullish(),
  attempts: z.number().nullish(),
  write: z
    .looseObject({
      action: z.string(),
      status: z.string(),
      intendedAt: Time,
      acceptedAt: Time,
      endedAt: Time,
      requestId: z.string().nullish(),
      error: z.looseObject({ code: z.string(), message: z.string() }).nullish(),
    })
    .nullish(),
  healthyBy: Time,
});
export type Evidence = z.infer<typeof Evidence>;

const InstanceFailure = z.looseObject({
  code: z.string(),
  message: z.string().nullish(),
  evidence: Evidence.nullish(),
});

const Unrecoverable = z.array(z.looseObject({ path: z.string(), why: z.string() }));

const RollbackPlan = z.looseObject({
  scaleSet: z.string(),
  delta: Plan.shape.delta,
  dataDisks: Plan.shape.dataDisks,
  class: z.string(),
  batches: Plan.shape.batches,
  floor: z.number(),
  unrecoverable: Unrecoverable,
  expected: z.looseObject({ seconds: z.number(), armRequests: z.number() }),
  warnings: Plan.shape.warnings,
});
export type RollbackPlan = z.infer<typeof RollbackPlan>;

const Instances = z.looseObject({
  value: z.array(
    z.looseObject({
      instanceId: z.string(),
      updateDomain: z.union([z.number(), z.string()]).nullish(),
      faultDomain: z.number().nullish(),
      zone: z.string().nullish(),
      batch: z.number().nullish(),
      phase: z.string().nullish(),
      latestModelApplied: z.boolean().nullish(),
      provisioningState: z.string().nullish(),
      power: z.string().nullish(),
      health: z.string().nullish(),
      attempts: z.number().nullish(),
      image: z.looseObject({ before: z.string().nullish(), now: z.string().nullish() }).nullish(),
      failure: InstanceFailure.nullish(),
      earlierFailures: z.array(InstanceFailure).nullish(),
      updatedAt: Time,
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

const Operation = z.looseObject({
  kind: z.string(),
  action: z.string().nullish(),
  part: z.string().nullish(),
  direction: z.string(),
  batch: z.number().nullish(),
  instances: z.array(z.string()),
  status: z.string(),
  intendedAt: z.string(),
  endedAt: Time,
  error: z.looseObject({ code: z.string(), message: z.string() }).nullish(),
});

const Explanation = z.looseObject({
  id: z.string(),
  scaleSet: z.string(),
  phase: z.string(),
  standing: z.string(),
  waits: z.looseObject({ message: z.string().nullish(), since: Time, until: Time }).nullish(),
  possible: z.array(z.string()),
  plan: Plan.nullish(),
  rollback: RollbackPlan.nullish(),
  done: z.looseObject({
    model: z.string(),
    operations: z.array(Operation),
    events: Events.shape.value,
  }),
  left: z.looseObject({
    model: z.string(),
    instances: z.record(z.string(), z.array(z.string())),
    quarantined: Quarantined.nullish(),
    started: z.array(z.string()).nullish(),
    heldGuards: HeldGuards.nullish(),
  }),
  failure: Rollout.shape.failure,
  failures: z.array(InstanceFailure.extend({ instanceId: z.string() })).nullish(),
  undo: z.looseObject({
    commands: z.array(z.string()),
    guards: z.array(z.string()),
    unrecoverable: Unrecoverable,
  }),
});
export type Explanation = z.infer<typeof Explanation>;

const Leases = z.looseObject({
  value: z.array(
    z.looseObject({
      id: z.string(),
      scaleSet: z.string(),
      rolloutId: z.string(),
      phase: z.string().nullish(),
      since: z.string(),
      state: z.string(),
      message: z.string(),
      canTakeOver: z.boolean(),
      remedy: z.string().nullish(),
      heldGuards: HeldGuards.nullish(),
      waiting: z.array(z.string()).nullish(),
    }),
  ),
  guardsLeft: z.array(
    z.looseObject({
      rolloutId: z.string(),
      scaleSet: z.string(),
      guard: z.string(),
      was: z.string().nullish(),
      remedy: z.string().nullish(),
    }),
  ),
});
export type Leases = z.infer<typeof Leases>;

const TakenOver = z.looseObject({
  scaleSet: z.string(),
  token: z.number(),
  action: z.string(),
  rolloutId: z.string().nullish(),
  from: z.string().nullish(),
});
export type TakenOver = z.infer<typeof TakenOver>;

export const shapes = {
  Problem,
  Rollout,
  RolloutPage,
  Plan,
  RollbackPlan,
  Instances,
  Events,
  Explanation,
  Leases,
  TakenOver,
};
