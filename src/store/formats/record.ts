import { z } from 'zod';
import { count, flag, maybe, propertyChange, schemaOf, text, texts, time } from '../../core/model/schemas.ts';
import { END_PHASES, LIVE_PHASES } from '../../core/record/phase.ts';
import { BATCH_PHASES } from '../../core/record/rollout.ts';
import type { BatchProgress, Gate, Left, RolloutRecord } from '../../core/record/rollout.ts';
import { RUNBOOKS } from '../../core/record/runbook.ts';
import {
  direction,
  failure,
  fallBack,
  guardName,
  heldGuard,
  pinned,
  quarantined,
  seconds,
  waited,
  waitingFor,
} from '../../core/record/schemas.ts';
import { fieldErrors } from '../../core/spec/field-errors.ts';
import { RolloutSpec } from '../../core/spec/spec.ts';
import { createMemo, frozen } from '../memo.ts';

/** Specs that were read last: every version of a rollout's record has the same one. */
const specs = createMemo<ReturnType<typeof RolloutSpec.safeParse>>(100);

/** A spec passes what it passed when it was accepted. */
const spec = z.unknown().transform((value, context) => {
  const read = specs.get(JSON.stringify(value) ?? '', () => RolloutSpec.safeParse(value));
  if (read.success) return frozen(read.data);
  for (const { path, message } of fieldErrors(read.error)) {
    context.addIssue({ code: 'custom', path: [path], message });
  }
  return z.NEVER;
});

const gate = schemaOf<Gate>()(
  z.strictObject({
    batch: count,
    since: time,
    until: time,
    planHash: text,
    modelHash: text,
  }),
);

const batch = schemaOf<BatchProgress>()(
  z.strictObject({
    index: count,
    name: text,
    phase: z.enum(BATCH_PHASES),
    instances: texts,
    startedAt: maybe(time),
    endedAt: maybe(time),
    settledAt: maybe(time),
    canary: flag,
  }),
);

const counts = z.strictObject({
  total: count,
  upgraded: count,
  upgrading: count,
  pending: count,
  failed: count,
  skipped: count,
  gone: count.default(0),
  rolledBack: count,
});

const left = schemaOf<Left>()(
  z.strictObject({
    model: z.enum(['before', 'after', 'foreign']),
    instances: z.strictObject({
      before: maybe(texts),
      after: maybe(texts),
      unknown: maybe(texts),
      quarantined: maybe(texts),
    }),
    started: maybe(texts),
    quarantined: maybe(z.array(quarantined)),
    heldGuards: maybe(z.array(heldGuard)),
    pinned: maybe(pinned),
  }),
);

const clock = z.strictObject({
  seconds,
  at: time,
  running: z.boolean(),
  sleepSeconds: seconds,
});

export const rolloutRecord = schemaOf<RolloutRecord>()(
  z.strictObject({
    id: text,
    scaleSet: text,
    runbook: z.enum(RUNBOOKS),
    spec,
    requestedBy: text,
    keyRow: maybe(text),
    tags: maybe(z.record(text, text)),
    createdAt: time,
    startedAt: maybe(time),
    endedAt: maybe(time),
    fencingToken: count,
    phase: z.enum([...LIVE_PHASES, ...END_PHASES]),
    phaseSince: maybe(time),
    direction,
    endsAs: maybe(z.enum(END_PHASES)),
    planHash: maybe(text),
    modelHash: maybe(text),
    modelState: z.enum(['before', 'after', 'restored']),
    waitingFor: maybe(waitingFor),
    gate: maybe(gate),
    openBatch: maybe(count),
    batch: maybe(count),
    batches: z.array(batch),
    fellBack: maybe(fallBack),
    counts: maybe(counts),
    failure: maybe(failure),
    failedAfterCommand: maybe(count),
    pausedAt: maybe(time),
    carriedOut: count,
    toProtect: maybe(texts),
    left: maybe(left),
    noop: maybe(z.boolean()),
    targetImage: maybe(text),
    disruptive: maybe(z.boolean()),
    settleSeconds: maybe(seconds),
    canRollBack: maybe(z.boolean()),
    isIrreversible: maybe(z.boolean()),
    leftHash: maybe(text),
    beforeGuards: maybe(z.strictObject({ direction, failure: maybe(failure) })),
    namedWords: maybe(texts),
    sideEffects: maybe(z.array(propertyChange)),
    pinned: maybe(pinned),
    policyHeld: maybe(text),
    repairsHeld: maybe(z.enum(['intended', 'held', 'refused'])),
    osUpgradesHeld: flag,
    restoredGuards: maybe(z.array(guardName)),
    largestDomain: maybe(count),
    modelSecrets: maybe(texts),
    protectedCount: maybe(count),
    bystanders: maybe(texts),
    shortSince: maybe(time),
    rollbackFromSeconds: maybe(seconds),
    promisesHealth: maybe(z.boolean()),
    suppressed: maybe(texts),
    lastLook: maybe(z.strictObject({ direction, at: time })),
    lastEvent: count,
    seenCommand: count,
    clock,
    waited: maybe(waited),
    recovery: maybe(z.strictObject({ at: time, message: maybe(text) })),
    stopping: maybe(z.strictObject({ seconds, afterCommand: count })),
    denied: maybe(z.strictObject({ seconds })),
    holds: z.record(text, time),
  }),
);
