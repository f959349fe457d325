import { z } from 'zod';
import type { Operation } from '../../core/record/operation.ts';
import { action, count, error, flag, maybe, seconds, text, texts, time, direction } from './parts.ts';
import { formatOf } from './format.ts';

export const operation = formatOf<Operation>()(
  z.strictObject({
    key: text,
    kind: z.enum(['model', 'upgrade', 'guard', 'protection']),
    action: maybe(action),
    part: maybe(text),
    direction,
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
    acceptedSeconds: maybe(seconds),
    endedAt: maybe(time),
    ranSeconds: maybe(z.number()),
    pollUrl: maybe(text),
    polledAt: maybe(time),
    pollNotBefore: maybe(time),
    silence: maybe(text),
    untracked: maybe(error),
    requestId: maybe(text),
    etag: maybe(text),
    error: maybe(error),
    sliding: flag,
    conflict: flag,
  }),
);
