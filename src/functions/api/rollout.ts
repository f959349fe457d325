import { z } from 'zod';
import { COMMANDS } from '../../core/record/command.ts';
import { END_PHASES, LIVE_PHASES } from '../../core/record/phase.ts';
import { count, flag, maybe, number, orNull, text, texts, time } from './parts.ts';

export const phase = z.enum(['paused', ...LIVE_PHASES, ...END_PHASES]);

export const Next = z.strictObject({
  command: z.enum(COMMANDS),
  batch: maybe(count),
  instances: maybe(texts),
});

export const Wait = z.strictObject({
  kind: z.enum([
    'approval',
    'floor',
    'operation',
    'health',
    'soak',
    'freeze',
    'throttling',
    'unreachable',
    'access',
    'recovery',
    'resume',
  ]),
  batch: maybe(count),
  since: time,
  until: maybe(time),
  tries: maybe(count),
  message: text,
});

export const Batch = z.strictObject({
  index: count,
  name: text,
  phase: z.enum([
    'pending',
    'waiting',
    'upgrading',
    'settling',
    'soaking',
    'succeeded',
    'failed',
    'rolledBack',
    'skipped',
  ]),
  instances: texts,
  startedAt: orNull(time),
  endedAt: orNull(time),
});

export const Failure = z.strictObject({
  code: text,
  message: text,
  remedy: maybe(text),
  instances: maybe(texts),
  causes: maybe(z.array(z.strictObject({ code: text, message: text, instances: texts }))),
});

export const HeldGuard = z.strictObject({
  guard: z.enum(['upgradePolicy', 'automaticRepairs', 'automaticOsUpgrade']),
  was: text,
  remedy: text,
});

export const Quarantined = z.strictObject({
  instance: text,
  by: text,
  since: time,
  reason: maybe(text),
  belowFloor: maybe(flag),
  remedy: text,
});

export const Pinned = z.strictObject({
  path: text,
  was: text,
  now: text,
  others: z.array(z.strictObject({ image: text, instances: texts })),
});

const Left = z.strictObject({
  model: z.enum(['before', 'after', 'foreign']),
  instances: z.strictObject({ before: texts, after: texts, unknown: texts, quarantined: maybe(texts) }),
  started: maybe(texts),
  quarantined: maybe(z.array(Quarantined)),
  heldGuards: z.array(HeldGuard),
  pinned: maybe(Pinned),
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
  noop: maybe(flag),
  next: z.array(Next),
  denied: maybe(z.array(z.strictObject({ command: z.enum(COMMANDS), message: text }))),
  waitingFor: maybe(Wait),
  paused: maybe(z.strictObject({ by: orNull(text), since: time, reason: maybe(text) })),
  batch: maybe(count),
  batches: z.array(Batch),
  fellBack: maybe(z.strictObject({ to: z.literal('barrier'), at: time, message: text })),
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
  failure: maybe(Failure),
  left: maybe(Left),
});

export const RolloutPage = z.strictObject({ value: z.array(Rollout), nextLink: maybe(text) });

export const Event = z.strictObject({
  sequence: count,
  time,
  kind: text,
  message: text,
  batch: maybe(count),
  instances: maybe(texts),
  by: maybe(text),
  etag: maybe(text),
  requestId: maybe(text),
  status: maybe(count),
  code: maybe(text),
});

export const Events = z.strictObject({ value: z.array(Event) });

const shown = { state: text, message: maybe(text), at: maybe(time) };
const Shown = z.strictObject(shown);
const Error = z.strictObject({ code: text, message: text });

export const Evidence = z.strictObject({
  seenAt: time,
  provisioning: z.strictObject({ ...shown, code: maybe(text) }),
  power: orNull(text),
  agent: orNull(Shown),
  health: orNull(Shown),
  extensions: z.array(z.strictObject({ name: text, ...shown })),
  image: text,
  latestModelApplied: flag,
  attempts: count,
  write: maybe(
    z.strictObject({
      action: text,
      status: text,
      intendedAt: time,
      acceptedAt: maybe(time),
      endedAt: maybe(time),
      requestId: maybe(text),
      error: maybe(Error),
    }),
  ),
  healthyBy: maybe(time),
});

export const InstanceFailure = z.strictObject({ code: text, message: text, evidence: maybe(Evidence) });

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
  latestModelApplied: orNull(flag),
  provisioningState: orNull(text),
  power: orNull(text),
  health: orNull(text),
  attempts: count,
  failure: maybe(InstanceFailure),
  quarantine: maybe(
    z.strictObject({
      by: text,
      since: time,
      reason: maybe(text),
      belowFloor: maybe(flag),
      isProtected: maybe(flag),
    }),
  ),
  earlierFailures: maybe(z.array(InstanceFailure)),
  updatedAt: time,
});

export const Instances = z.strictObject({ value: z.array(Instance) });

export const Operation = z.strictObject({
  key: text,
  kind: z.enum(['model', 'upgrade', 'guard', 'protection']),
  action: maybe(text),
  part: maybe(text),
  direction: z.enum(['forward', 'rollback', 'stop']),
  batch: maybe(count),
  instances: texts,
  status: z.enum([
    'intended',
    'unknown',
    'accepted',
    'withheld',
    'lost',
    'refused',
    'succeeded',
    'failed',
    'preempted',
    'abandoned',
  ]),
  intendedAt: time,
  answeredAt: maybe(time),
  acceptedAt: maybe(time),
  endedAt: maybe(time),
  ranSeconds: maybe(number),
  silence: maybe(text),
  untracked: maybe(Error),
  requestId: maybe(text),
  etag: maybe(text),
  error: maybe(Error),
  sliding: maybe(flag),
  conflict: maybe(flag),
});
