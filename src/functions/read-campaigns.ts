import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import { z } from 'zod';
import { isOver } from '../core/campaign/campaign.ts';
import { readableBy } from '../core/campaign/rights.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { findCampaign, findCampaignEvents, searchCampaigns } from '../operations/campaigns/find-campaign.ts';
import type { FoundCampaign } from '../operations/campaigns/find-campaign.ts';
import { callerOf, mustBeAllowed } from './allowed.ts';
import type * as Api from './api/campaign.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { noCampaign } from './campaign-problems.ts';
import { campaignShape, campaignSummary } from './campaign-shapes.ts';
import {
  handle,
  idIn,
  invalidQuery,
  jsonWithEtag,
  nextLink,
  noQuery,
  pollHeaders,
  queryOf,
} from './request.ts';
import { workflowsOf } from './workflow.ts';

export const CampaignQuery = z.strictObject({
  top: z.coerce.number().int().min(1).max(50).default(20),
  skipToken: z
    .string()
    .regex(/^[\w.:-]{1,255}$/)
    .optional(),
});

/** `GET /campaigns`, newest first. */
export function getCampaigns(app: App): HttpHandler {
  return handle(async (request) => {
    const query = CampaignQuery.safeParse(queryOf(request));
    if (!query.success) throw invalidQuery(fieldErrors(query.error));
    const { top, skipToken: after } = query.data;
    const { found, next } = await searchCampaigns({ top, after }, app.ports());
    const caller = callerOf(request);
    const link = next === undefined ? {} : { nextLink: nextLink(request, next) };
    const value = found
      .filter((one) => readableBy(caller, one) !== undefined)
      .map((one) => campaignSummary(one, caller));
    return jsonWithEtag(request, { value, ...link } satisfies Answer<typeof Api.CampaignPage>);
  });
}

/** `GET /campaigns/{id}` */
export function getCampaign(app: App): HttpHandler {
  return handle(async (request, context) => {
    const found = await readable(request, context, app);
    const poll = isOver(found.record.phase) ? {} : pollHeaders(app);
    return jsonWithEtag(request, campaignShape(found, callerOf(request)), poll);
  });
}

/** `GET /campaigns/{id}/events` */
export function getCampaignEvents(app: App): HttpHandler {
  return handle(async (request, context) => {
    const found = await readable(request, context, app);
    const sets = readableBy(callerOf(request), found) ?? [];
    const shown = new Set(sets.map(({ scaleSet }) => scaleSetKey(scaleSet)));
    const events = await findCampaignEvents(found.record.id, app.ports());
    const value = events.filter(({ scaleSet }) => scaleSet === undefined || shown.has(scaleSetKey(scaleSet)));
    return jsonWithEtag(request, { value } satisfies Answer<typeof Api.CampaignEvents>);
  });
}

/** The campaign that the request names, of which the caller may read at least one scale set, or which is theirs. */
async function readable(request: HttpRequest, context: InvocationContext, app: App): Promise<FoundCampaign> {
  noQuery(request);
  const found = await findCampaign(idIn(request), app.ports(), workflowsOf(context));
  if (found === undefined) throw noCampaign(idIn(request));
  if (readableBy(callerOf(request), found) === undefined) mustBeAllowed(request, 'read', {});
  return found;
}
