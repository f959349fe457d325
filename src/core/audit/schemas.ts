import { z } from 'zod';
import { count, maybe, schemaOf, text, texts, time } from '../model/schemas.ts';
import type { Anchor } from './anchor.ts';
import type { AuditRecord } from './chain.ts';

export const auditRecord = schemaOf<AuditRecord>()(
  z.strictObject({
    chain: text,
    number: count,
    at: time,
    kind: text,
    message: text,
    by: maybe(text),
    event: maybe(count),
    batch: maybe(count),
    instances: maybe(texts),
    planHash: maybe(text),
    etagBefore: maybe(text),
    etagAfter: maybe(text),
    requestId: maybe(text),
    status: maybe(count),
    code: maybe(text),
    previous: text,
    hash: text,
  }),
);

export const anchoredHead = z.strictObject({ chain: text, count, hash: text });

export const anchor = schemaOf<Anchor>()(
  z.strictObject({ number: count, at: time, heads: z.array(anchoredHead), previous: text, hash: text }),
);
