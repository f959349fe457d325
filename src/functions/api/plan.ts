import { z } from 'zod';
import { CHANGE_CLASSES } from '../../core/model/change-class.ts';
import { count, maybe, propertyChange, text, texts, time } from '../../core/model/schemas.ts';
import {
  expected,
  guards,
  instanceDisks,
  plannedBatch,
  switchedOff,
  unrecoverable,
} from '../../core/plan/schemas.ts';
import {
  action,
  auditEvent,
  failure,
  heldGuard,
  instanceFailure,
  operation,
  pinned,
  quarantined,
  waitingFor,
} from '../../core/record/schemas.ts';
import { bool, orNull } from './parts.ts';
import { Next, phase } from './rollout.ts';

const changeClass = z.enum(CHANGE_CLASSES);

export const Warning = z.strictObject({ code: text, message: text });

/** Whether batches may begin now, and when that changes. */
export const Window = z.strictObject({ open: bool, until: orNull(time) });

export const Plan = z.strictObject({
  planHash: text,
  hash: text,
  scaleSet: text,
  delta: z.array(propertyChange),
  class: changeClass,
  batches: z.array(plannedBatch),
  floor: count,
  skipped: z.array(z.strictObject({ instance: text, reason: text })),
  expected,
  warnings: z.array(Warning),
  actions: z.array(action),
  forced: texts,
  force: maybe(action),
  dataDisks: maybe(z.array(instanceDisks)),
  onlyDisks: maybe(texts),
  disksFirst: maybe(bool),
  irreversible: maybe(texts),
  unrecoverable: maybe(z.array(unrecoverable)),
  switchedOff: maybe(z.array(switchedOff)),
  guards,
  restores: maybe(guards),
  unserving: maybe(texts),
  window: maybe(Window),
});

export const RollbackPlan = z.strictObject({
  rolloutId: text,
  scaleSet: text,
  delta: z.array(propertyChange),
  dataDisks: maybe(z.array(instanceDisks)),
  class: changeClass,
  batches: z.array(plannedBatch),
  floor: count,
  unrecoverable: z.array(unrecoverable),
  expected,
  warnings: z.array(Warning),
});

export const Explanation = z.strictObject({
  id: text,
  scaleSet: text,
  phase,
  standing: text,
  waits: orNull(waitingFor),
  next: z.array(Next),
  possible: texts,
  done: z.strictObject({
    model: z.enum(['before', 'after', 'restored']),
    operations: z.array(operation),
    events: z.array(auditEvent),
  }),
  left: z.strictObject({
    model: z.enum(['before', 'after', 'foreign']),
    instances: z.record(z.string(), texts),
    started: maybe(texts),
    quarantined: maybe(z.array(quarantined)),
    heldGuards: maybe(z.array(heldGuard)),
    pinned: maybe(pinned),
  }),
  failure: orNull(failure),
  failures: z.array(z.strictObject({ instanceId: text, name: text, batch: count, ...instanceFailure.shape })),
  plan: orNull(Plan),
  rollback: orNull(RollbackPlan),
  undo: z.strictObject({
    commands: texts,
    guards: texts,
    unrecoverable: z.array(unrecoverable),
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
  canTakeOver: bool,
  remedy: orNull(text),
  heldGuards: z.array(heldGuard),
  waiting: texts,
});

export const Leases = z.strictObject({
  value: z.array(Lease),
  guardsLeft: z.array(z.strictObject({ rolloutId: text, scaleSet: text, ...heldGuard.shape })),
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
