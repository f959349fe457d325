import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { denialOf } from '../core/access/rights.ts';
import { campaignNext } from '../core/campaign/objections.ts';
import type { CampaignCommandName } from '../core/campaign/commands.ts';
import { CampaignSpec } from '../core/campaign/spec.ts';
import { isOver } from '../core/campaign/campaign.ts';
import { campaigns as words } from '../core/messages/campaigns.ts';
import { commandLine } from '../core/messages/shell.ts';
import { http } from '../core/messages/http.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetId } from '../core/spec/spec.ts';
import { acceptCampaign } from '../operations/campaigns/accept-campaign.ts';
import { findCampaign, findCampaignEvents, searchCampaigns } from '../operations/campaigns/find-campaign.ts';
import { previewCampaign } from '../operations/campaigns/preview-campaign.ts';
import { sendCampaignCommand } from '../operations/campaigns/send-campaign-command.ts';
import type { CampaignSent } from '../operations/campaigns/send-campaign-command.ts';
import type * as Api from './api/campaign.ts';
import type { Answer } from './api/parts.ts';
import { callerOf, mayDoOf, mustBeAllowed } from './allowed.ts';
import type { App } from './app.ts';
import { campaignPlanShape, campaignShape, campaignSummary } from './campaign-shapes.ts';
import { countRequest } from './limited.ts';
import { armUnreachable, forbidden, invalidSpec, notFound, ProblemError, refusalProblem } from './problem.ts';
import { refuseNever } from './refuse-never.ts';
import { readJson } from './read-json.ts';
import {
  handle,
  idempotencyKey,
  idIn,
  invalidQuery,
  json,
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

export const CampaignCommandBody = z.strictObject({
  reason: z.string().max(1000).optional(),
  stage: z.int().nonnegative().optional(),
  scaleSets: z.array(scaleSetId).min(1).max(1000).optional(),
});

/** A campaign may concern any scale set: a role for some of them is not enough. */
const EVERYWHERE = {};

/** `POST /campaigns` */
export function startCampaign(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const spec = bodyOf(CampaignSpec, await readJson(request));
    const caller = callerOf(request);
    mustBeAllowed(request, 'start', EVERYWHERE);
    refuseNever('rollout.', spec.rollout, app);
    await countRequest(app, 'start', request);
    const byAdmin = denialOf('changeTag', caller, EVERYWHERE) === undefined;
    const asked = { spec, by: caller.name, byAdmin, key: idempotencyKey(request) };
    const accepted = await acceptCampaign(asked, app.ports(), workflowsOf(context));
    switch (accepted.kind) {
      case 'refused':
        throw new ProblemError(refusalProblem(accepted));
      case 'keyReused':
        throw keyReused();
      case 'accepted': {
        const location = `/api/campaigns/${accepted.campaign.record.id}`;
        return json(202, campaignShape(accepted.campaign, caller), { location, ...pollHeaders(app) });
      }
    }
  });
}

/** `POST /campaign-plans` */
export function planCampaign(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const spec = bodyOf(CampaignSpec, await readJson(request));
    mustBeAllowed(request, 'plan', EVERYWHERE);
    refuseNever('rollout.', spec.rollout, app);
    await countRequest(app, 'plan', request);
    const found = await previewCampaign({ spec, mayDo: mayDoOf(request) }, app.ports());
    if (found.kind === 'later') throw armUnreachable(found.why);
    if (found.kind === 'planned') return json(200, campaignPlanShape(spec, found));
    const { code, message, remedy } = found;
    throw new ProblemError({ status: 422, code, detail: message, remedy });
  });
}

/** `GET /campaigns`, newest first. */
export function getCampaigns(app: App): HttpHandler {
  return handle(async (request) => {
    const query = CampaignQuery.safeParse(queryOf(request));
    if (!query.success) throw invalidQuery(fieldErrors(query.error));
    mustBeAllowed(request, 'read', EVERYWHERE);
    const { top, skipToken: after } = query.data;
    const { found, next } = await searchCampaigns({ top, after }, app.ports());
    const caller = callerOf(request);
    const link = next === undefined ? {} : { nextLink: nextLink(request, next) };
    const value = found.map((one) => campaignSummary(one, caller));
    return jsonWithEtag(request, { value, ...link } satisfies Answer<typeof Api.CampaignPage>);
  });
}

/** `GET /campaigns/{id}` */
export function getCampaign(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    mustBeAllowed(request, 'read', EVERYWHERE);
    const found = await findCampaign(idIn(request), app.ports(), workflowsOf(context));
    if (found === undefined) throw noCampaign(idIn(request));
    const poll = isOver(found.record.phase) ? {} : pollHeaders(app);
    return jsonWithEtag(request, campaignShape(found, callerOf(request)), poll);
  });
}

/** `GET /campaigns/{id}/events` */
export function getCampaignEvents(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    mustBeAllowed(request, 'read', EVERYWHERE);
    const value = await findCampaignEvents(idIn(request), app.ports());
    if (value === undefined) throw noCampaign(idIn(request));
    return jsonWithEtag(request, { value } satisfies Answer<typeof Api.CampaignEvents>);
  });
}

/** `POST /campaigns/{id}/{command}` */
export function postCampaignCommand(app: App, command: CampaignCommandName): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const said = saidIn(await readJson(request, { optional: true }), command);
    const key = idempotencyKey(request);
    await countRequest(app, command, request);
    const asked = { id: idIn(request), command, caller: callerOf(request), said, key };
    const sent = await sendCampaignCommand(asked, app.ports(), workflowsOf(context));
    if (sent.kind === 'appended')
      return json(202, campaignShape(sent.campaign, asked.caller), pollHeaders(app));
    throw problemOf(sent, asked.id);
  });
}

function saidIn(body: unknown, command: CampaignCommandName) {
  const { reason, stage, scaleSets } = bodyOf(CampaignCommandBody, body);
  const stray = [
    ...(stage !== undefined && command !== 'approve' ? ['stage'] : []),
    ...(scaleSets !== undefined && command !== 'skip' && command !== 'retry' ? ['scaleSets'] : []),
  ];
  // A command that names what it does not mean is not taken
  if (stray.length > 0) throw invalidSpec(stray.map((path) => ({ path, message: words.notTaken(command) })));
  if (command === 'skip' && scaleSets === undefined)
    throw invalidSpec([{ path: 'scaleSets', message: words.skipWhat }]);
  return {
    ...(reason !== undefined && { reason }),
    ...(stage !== undefined && { stage }),
    ...(scaleSets !== undefined && { scaleSets }),
  };
}

function problemOf(sent: Exclude<CampaignSent, { kind: 'appended' }>, id: string): ProblemError {
  switch (sent.kind) {
    case 'noCampaign':
      return noCampaign(id);
    case 'denied':
      return new ProblemError(forbidden(sent.denial));
    case 'keyReused':
      return keyReused();
    case 'unknown':
      return invalidSpec(sent.errors);
    case 'objection': {
      const { code, message: detail } = sent.objection;
      const status = code === 'wrongPhase' ? 409 : 403;
      const commands = campaignNext(sent.campaign).map((name) =>
        commandLine(['vmss-rollout', 'campaigns', name, id]),
      );
      return new ProblemError({ status, code, detail, remedy: words.possible(commands) });
    }
  }
}

function noCampaign(id: string): ProblemError {
  return notFound(`campaign ${id}`);
}

function keyReused(): ProblemError {
  const [detail, remedy] = [http.keyReused('campaign'), http.keyReusedRemedy('campaign')];
  return new ProblemError({ status: 422, code: 'idempotencyKeyReused', detail, remedy });
}

function bodyOf<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
  return parsed.data;
}
