import { z } from 'zod';
import { anchor, anchoredHead, auditRecord } from '../../core/audit/schemas.ts';
import { maybe, text } from '../../core/model/schemas.ts';

export const AuditRecord = auditRecord;
export const ChainHead = anchoredHead;
export const Anchor = anchor;

export const AuditPage = z.strictObject({
  value: z.array(AuditRecord),
  heads: z.array(ChainHead),
  nextLink: maybe(text),
});

export const Anchors = z.strictObject({ value: z.array(Anchor), nextLink: maybe(text) });
