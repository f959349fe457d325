import { z } from 'zod';
import { COMMANDS } from '../../core/record/command.ts';
import type { Command } from '../../core/record/command.ts';
import type { AuditEvent } from '../../core/record/events.ts';
import { count, flag, maybe, text, texts, time } from './parts.ts';
import { formatOf } from './format.ts';

export const command = formatOf<Command>()(
  z.strictObject({
    sequence: count,
    command: z.enum(COMMANDS),
    by: text,
    at: time,
    reason: maybe(text),
    batch: maybe(count),
    instances: maybe(texts),
    belowFloor: flag,
    gateSince: maybe(time),
    idempotencyKey: maybe(text),
    requestHash: maybe(text),
  }),
);

export const auditEvent = formatOf<AuditEvent>()(
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
