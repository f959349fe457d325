import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { END_PHASES, LIVE_PHASES } from '../core/record/phase.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetId } from '../core/spec/spec.ts';
import { searchRollouts } from '../operations/search-rollouts.ts';
import { callerOf, mayRead } from './allowed.ts';
import type { App } from './app.ts';
import { handle, invalidQuery, jsonWithEtag, nextLink, queryOf } from './request.ts';
import { rolloutShape } from './shapes.ts';

export const RolloutQuery = z.strictObject({
  scaleSet: scaleSetId.optional(),
  phase: z.enum(['paused', ...LIVE_PHASES, ...END_PHASES]).optional(),
  top: z.coerce.number().int().min(1).max(100).default(20),
  skipToken: z
    .string()
    .regex(/^[\w.:-]{1,255}$/)
    .optional(),
});

/** `GET /rollouts`, newest first. */
export function getRollouts(app: App): HttpHandler {
  return handle(async (request) => {
    const query = RolloutQuery.safeParse(queryOf(request));
    if (!query.success) throw invalidQuery(fieldErrors(query.error));
    const { skipToken, ...search } = query.data;
    const { found, next } = await searchRollouts(
      { ...search, after: skipToken, isMeant: (record) => mayRead(request, record) },
      app.ports(),
    );
    const caller = callerOf(request);
    const link = next === undefined ? {} : { nextLink: nextLink(request, next) };
    return jsonWithEtag(request, { value: found.map((one) => rolloutShape(one, caller)), ...link });
  });
}
