import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { listAnchors } from '../operations/anchor-audit.ts';
import { searchAudit } from '../operations/search-audit.ts';
import type { AuditPlace } from '../operations/search-audit.ts';
import type { Anchors, AuditPage } from './api/audit.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { handle, invalidQuery, jsonWithEtag, nextLink, queryOf } from './request.ts';

export const AuditQuery = z.strictObject({
  rollout: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional(),
  by: z.string().min(1).max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  skipToken: z
    .string()
    .regex(/^[\w-]{1,200}:\d{1,8}$/)
    .optional(),
});

/** `GET /audit`: what was ever done and who did it, in chains that show any change of them. */
export function getAudit(app: App): HttpHandler {
  return handle(async (request) => {
    const { skipToken, ...search } = read(AuditQuery, request);
    const after = skipToken === undefined ? undefined : placeIn(skipToken);
    const { records, heads, next } = await searchAudit({ ...search, after }, app.ports());
    const page: Answer<typeof AuditPage> = { value: [...records], heads: [...heads] };
    const link = next === undefined ? {} : { nextLink: nextLink(request, `${next.chain}:${next.number}`) };
    return jsonWithEtag(request, { ...page, ...link });
  });
}

export const AnchorsQuery = z.strictObject({
  top: z.coerce.number().int().min(1).max(100).default(50),
  skipToken: z.coerce.number().int().min(0).max(99_999_999).optional(),
});

/** `GET /audit/anchors`: how far the chains had come at times, oldest first. */
export function getAnchors(app: App): HttpHandler {
  return handle(async (request) => {
    const { top, skipToken: after = 0 } = read(AnchorsQuery, request);
    const value = await listAnchors({ after, top }, app.ports());
    const page: Answer<typeof Anchors> = { value };
    const link = value.length < top ? {} : { nextLink: nextLink(request, String(after + top)) };
    return jsonWithEtag(request, { ...page, ...link });
  });
}

function placeIn(skipToken: string): AuditPlace {
  const [chain = '', number = ''] = skipToken.split(':');
  return { chain, number: Number(number) };
}

function read<S extends z.ZodType>(schema: S, request: HttpRequest): z.output<S> {
  const query = schema.safeParse(queryOf(request));
  if (!query.success) throw invalidQuery(fieldErrors(query.error));
  return query.data;
}
