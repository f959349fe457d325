import { z } from 'zod';
import { CHANGE_CLASSES } from '../../core/model/change-class.ts';
import { action, count, flag, json, maybe, number, orNull, text, texts, time } from './parts.ts';
import {
  Event,
  Failure,
  HeldGuard,
  InstanceFailure,
  Next,
  Operation,
  phase,
  Pinned,
  Quarantined,
  Wait,
} from './rollout.ts';

const changeClass = z.enum(CHANGE_CLASSES);

export const PropertyChange = z.strictObject({
  path: text,
  before: json,
  after: json,
  class: changeClass,
  extension: maybe(text),
  isSecret: maybe(flag),
});

const Disk = z.strictObject({
  diskId: text,
  lun: count,
  caching: maybe(text),
  deleteOption: maybe(text),
  writeAcceleratorEnabled: maybe(flag),
});

export const InstanceDisks = z.strictObject({
  instance: text,
  attach: z.array(Disk),
  detach: z.array(Disk),
});

export const PlannedBatch = z.strictObject({
  index: count,
  name: text,
  instances: texts,
  canary: maybe(flag),
});

export const Warning = z.strictObject({ code: text, message: text });

const Unrecoverable = z.strictObject({ path: text, why: text });
const Expected = z.strictObject({ seconds: number, armRequests: number });
const Guards = z.strictObject({ policy: maybe(text), repairs: maybe(flag), osUpgrades: maybe(flag) });

export const Plan = z.strictObject({
  planHash: text,
  hash: text,
  scaleSet: text,
  delta: z.array(PropertyChange),
  class: changeClass,
  batches: z.array(PlannedBatch),
  floor: count,
  skipped: z.array(z.strictObject({ instance: text, reason: text })),
  expected: Expected,
  warnings: z.array(Warning),
  actions: z.array(action),
  forced: texts,
  force: maybe(action),
  dataDisks: maybe(z.array(InstanceDisks)),
  onlyDisks: maybe(texts),
  disksFirst: maybe(flag),
  irreversible: maybe(texts),
  unrecoverable: maybe(z.array(Unrecoverable)),
  switchedOff: maybe(
    z.array(
      z.strictObject({
        instance: text,
        power: z.enum(['deallocated', 'stopped']),
        as: z.enum(['cold', 'started', 'offAgain']),
      }),
    ),
  ),
  guards: Guards,
  restores: maybe(Guards),
  unserving: maybe(texts),
});

export const RollbackPlan = z.strictObject({
  rolloutId: text,
  scaleSet: text,
  delta: z.array(PropertyChange),
  dataDisks: maybe(z.array(InstanceDisks)),
  class: changeClass,
  batches: z.array(PlannedBatch),
  floor: count,
  unrecoverable: z.array(Unrecoverable),
  expected: Expected,
  warnings: z.array(Warning),
});

export const Explanation = z.strictObject({
  id: text,
  scaleSet: text,
  phase,
  standing: text,
  waits: orNull(Wait),
  next: z.array(Next),
  possible: texts,
  done: z.strictObject({
    model: z.enum(['before', 'after', 'restored']),
    operations: z.array(Operation),
    events: z.array(Event),
  }),
  left: z.strictObject({
    model: z.enum(['before', 'after', 'foreign']),
    instances: z.record(z.string(), texts),
    started: maybe(texts),
    quarantined: maybe(z.array(Quarantined)),
    heldGuards: maybe(z.array(HeldGuard)),
    pinned: maybe(Pinned),
  }),
  failure: orNull(Failure),
  failures: z.array(z.strictObject({ instanceId: text, name: text, batch: count, ...InstanceFailure.shape })),
  plan: orNull(Plan),
  rollback: orNull(RollbackPlan),
  undo: z.strictObject({
    commands: texts,
    guards: texts,
    unrecoverable: z.array(Unrecoverable),
  }),
});

export const Lease = z.strictObject({
  id: text,
  scaleSet: text,
  rolloutId: text,
  token: count,
  since: time,
  phase: orNull(phase),
  state: z.enum(['live', 'starting', 'unknown', 'ended', 'noRecord', 'notRunning']),
  message: text,
  canTakeOver: flag,
  remedy: orNull(text),
  heldGuards: z.array(HeldGuard),
});

export const Leases = z.strictObject({
  value: z.array(Lease),
  guardsLeft: z.array(z.strictObject({ rolloutId: text, scaleSet: text, ...HeldGuard.shape })),
});

export const TakenOver = z.strictObject({
  id: text,
  scaleSet: text,
  token: count,
  since: time,
  rolloutId: orNull(text),
  from: maybe(text),
  action: z.enum(['restarted', 'freed', 'none']),
});
