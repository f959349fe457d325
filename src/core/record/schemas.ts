import { z } from 'zod';
import { ACTION_NAMES } from '../actions/table.ts';
import { count, error, flag, maybe, number, schemaOf, text, texts, time } from '../model/schemas.ts';
import type { Pin } from '../model/pin.ts';
import type { AuditEvent } from './events.ts';
import type { Evidence, InstanceFailure } from './evidence.ts';
import type { FreezeAct } from './freeze.ts';
import { OPERATION_KINDS, OPERATION_STATUSES } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Quarantine } from './quarantine.ts';
import { DIRECTIONS, GUARD_NAMES, WAIT_KINDS } from './rollout.ts';
import type { Failure, FallBack, HeldGuard, Quarantined, Waited, WaitingFor } from './rollout.ts';

/** The parts of a record that the app tells as it stores them: one schema for both. */

/** A reading of the active clock. */
export const seconds = z.number();

export const action = z.enum(ACTION_NAMES);
export const direction = z.enum(DIRECTIONS);
export const guardName = z.enum(GUARD_NAMES);

export const waitingFor = schemaOf<WaitingFor>()(
  z.strictObject({
    kind: z.enum(WAIT_KINDS),
    batch: maybe(count),
    since: time,
    until: maybe(time),
    tries: maybe(count),
    holder: maybe(text),
    place: maybe(count),
    message: text,
  }),
);

/** Seconds by whom they were waited for. */
export const waited = schemaOf<Waited>()(
  z.strictObject({
    people: maybe(number),
    windows: maybe(number),
    queue: maybe(number),
    throttling: maybe(number),
    service: maybe(number),
  }),
);

export const fallBack = schemaOf<FallBack>()(
  z.strictObject({ to: z.literal('barrier'), at: time, message: text }),
);

export const failure = schemaOf<Failure>()(
  z.strictObject({
    code: text,
    message: text,
    remedy: maybe(text),
    instances: maybe(texts),
    causes: maybe(z.array(z.strictObject({ code: text, message: text, instances: texts }))),
  }),
);

export const heldGuard = schemaOf<HeldGuard>()(z.strictObject({ guard: guardName, was: text, remedy: text }));

const kept = { by: text, since: time, reason: maybe(text), belowFloor: flag };

export const quarantine = schemaOf<Quarantine>()(z.strictObject({ ...kept, isProtected: flag }));

export const quarantined = schemaOf<Quarantined>()(z.strictObject({ instance: text, ...kept, remedy: text }));

export const pinned = schemaOf<Pin>()(
  z.strictObject({
    path: text,
    was: text,
    now: text,
    others: z.array(z.strictObject({ image: text, instances: texts })),
  }),
);

export const auditEvent = schemaOf<AuditEvent>()(
  z.strictObject({
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
  }),
);

export const freezeAct = schemaOf<FreezeAct>()(
  z.strictObject({ sequence: count, kind: z.enum(['freeze', 'lift']), by: text, at: time, reason: text }),
);

const shown = { state: text, message: maybe(text), at: maybe(time) };

export const evidence = schemaOf<Evidence>()(
  z.strictObject({
    seenAt: time,
    provisioning: z.strictObject({ ...shown, code: maybe(text) }),
    power: text.nullable(),
    agent: z.strictObject(shown).nullable(),
    health: z.strictObject(shown).nullable(),
    extensions: z.array(z.strictObject({ name: text, ...shown })),
    image: text,
    latestModelApplied: z.boolean(),
    attempts: count,
    write: maybe(
      z.strictObject({
        action: text,
        status: text,
        intendedAt: time,
        acceptedAt: maybe(time),
        endedAt: maybe(time),
        requestId: maybe(text),
        error: maybe(error),
      }),
    ),
    healthyBy: maybe(time),
  }),
);

export const instanceFailure = schemaOf<InstanceFailure>()(
  z.strictObject({ code: text, message: text, evidence: maybe(evidence) }),
);

/** A write as it is told: what only the app needs to follow it stays in the store. */
type ToldOperation = Omit<Operation, 'acceptedSeconds' | 'pollUrl' | 'polledAt' | 'pollNotBefore'>;

export const operation = schemaOf<ToldOperation>()(
  z.strictObject({
    key: text,
    kind: z.enum(OPERATION_KINDS),
    action: maybe(action),
    part: maybe(text),
    direction,
    batch: maybe(count),
    instances: texts,
    status: z.enum(OPERATION_STATUSES),
    intendedAt: time,
    answeredAt: maybe(time),
    acceptedAt: maybe(time),
    endedAt: maybe(time),
    ranSeconds: maybe(number),
    silence: maybe(text),
    untracked: maybe(error),
    requestId: maybe(text),
    etag: maybe(text),
    error: maybe(error),
    sliding: flag,
    conflict: flag,
  }),
);
