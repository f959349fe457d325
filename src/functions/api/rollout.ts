import { z } from 'zod';
import { count, maybe, text, texts, time } from '../../core/model/schemas.ts';
import { COMMANDS } from '../../core/record/command.ts';
import { END_PHASES, LIVE_PHASES } from '../../core/record/phase.ts';
import { BATCH_PHASES } from '../../core/record/rollout.ts';
import {
  auditEvent,
  failure,
  fallBack,
  heldGuard,
  instanceFailure,
  pinned,
  quarantine,
  quarantined,
  waited,
  waitingFor,
} from '../../core/record/schemas.ts';
import { bool, orNull } from './parts.ts';

export const phase = z.enum(['paused', ...LIVE_PHASES, ...END_PHASES]);

export const Next = z.strictObject({
  command: z.enum(COMMANDS),
  batch: maybe(count),
  instances: maybe(texts),
});

export const Batch = z.strictObject({
  index: count,
  name: text,
  phase: z.enum(BATCH_PHASES),
  instances: texts,
  startedAt: orNull(time),
  endedAt: orNull(time),
});

const Left = z.strictObject({
  model: z.enum(['before', 'after', 'foreign']),
  instances: z.strictObject({ before: texts, after: texts, unknown: texts, quarantined: maybe(texts) }),
  started: maybe(texts),
  quarantined: maybe(z.array(quarantined)),
  heldGuards: z.array(heldGuard),
  pinned: maybe(pinned),
});

export const Rollout = z.strictObject({
  id: text,
  scaleSet: text,
  phase,
  requestedBy: text,
  reason: orNull(text),
  labels: z.record(z.string(), text),
  createdAt: time,
  startedAt: orNull(time),
  endedAt: orNull(time),
  planHash: orNull(text),
  namedStrategy: maybe(z.strictObject({ name: text, version: count })),
  noop: maybe(bool),
  next: z.array(Next),
  denied: maybe(z.array(z.strictObject({ command: z.enum(COMMANDS), message: text }))),
  waitingFor: maybe(waitingFor),
  waited: maybe(waited),
  paused: maybe(z.strictObject({ by: orNull(text), since: time, reason: maybe(text) })),
  batch: maybe(count),
  batches: z.array(Batch),
  fellBack: maybe(fallBack),
  instances: z.strictObject({
    total: count,
    upgraded: count,
    upgrading: count,
    pending: count,
    failed: count,
    skipped: count,
    gone: count,
    rolledBack: count,
  }),
  failure: maybe(failure),
  left: maybe(Left),
});

export const RolloutPage = z.strictObject({ value: z.array(Rollout), nextLink: maybe(text) });

export const Events = z.strictObject({ value: z.array(auditEvent) });

export const Instance = z.strictObject({
  instanceId: text,
  name: text,
  updateDomain: orNull(count),
  faultDomain: orNull(count),
  zone: orNull(text),
  batch: count,
  phase: z.enum([
    'pending',
    'upgrading',
    'settling',
    'succeeded',
    'failed',
    'skipped',
    'gone',
    'quarantined',
    'rolledBack',
    'unknown',
  ]),
  image: z.strictObject({ before: text, now: text }),
  latestModelApplied: orNull(bool),
  provisioningState: orNull(text),
  power: orNull(text),
  health: orNull(text),
  attempts: count,
  failure: maybe(instanceFailure),
  quarantine: maybe(quarantine),
  earlierFailures: maybe(z.array(instanceFailure)),
  updatedAt: time,
});

export const Instances = z.strictObject({ value: z.array(Instance) });
