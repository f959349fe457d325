import { z } from 'zod';
import { count, flag, maybe, schemaOf, text, texts, time } from '../../core/model/schemas.ts';
import { COMMANDS } from '../../core/record/command.ts';
import type { Command } from '../../core/record/command.ts';

export const command = schemaOf<Command>()(
  z.strictObject({
    sequence: count,
    command: z.enum(COMMANDS),
    by: text,
    at: time,
    reason: maybe(text),
    batch: maybe(count),
    instances: maybe(texts),
    belowFloor: flag,
    ignoreWindow: flag,
    gateSince: maybe(time),
    idempotencyKey: maybe(text),
    requestHash: maybe(text),
  }),
);
