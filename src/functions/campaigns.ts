import type { HttpHandler, HttpRequest } from '@azure/functions';
import { denialOf } from '../core/access/rights.ts';
import { deniedOnAny, takenOf } from '../core/campaign/rights.ts';
import { readCampaignSpec } from '../core/campaign/rollout-spec.ts';
import type { CampaignSpec } from '../core/campaign/spec.ts';
import { acceptCampaign } from '../operations/campaigns/accept-campaign.ts';
import type { AcceptedCampaign } from '../operations/campaigns/accept-campaign.ts';
import { layOut } from '../operations/campaigns/lay-out.ts';
import { previewCampaign } from '../operations/campaigns/preview-campaign.ts';
import { callerOf, mayDoOf } from './allowed.ts';
import type { App } from './app.ts';
import { campaignKeyReused } from './campaign-problems.ts';
import { campaignPlanShape } from './campaign-plan-shape.ts';
import { campaignShape } from './campaign-shapes.ts';
import { countRequest } from './limited.ts';
import { armUnreachable, forbidden, invalidSpec, ProblemError, refusalProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { refuseNever } from './refuse-never.ts';
import { handle, idempotencyKey, json, noQuery, pollHeaders } from './request.ts';
import { workflowsOf } from './workflow.ts';

/** `POST /campaigns` */
export function startCampaign(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const spec = specOf(await readJson(request));
    refuseNever('rollout.', spec.rollout, app);
    await countRequest(app, 'start', request);
    await mustStartEverywhere(request, spec, app);
    const asked = { spec, caller: callerOf(request), key: idempotencyKey(request) };
    const accepted = await acceptCampaign(asked, app.ports(), workflowsOf(context));
    return begun(accepted, request, app);
  });
}

/** What a start is answered with, also of one that undoes another campaign. */
export function begun(accepted: AcceptedCampaign, request: HttpRequest, app: App) {
  switch (accepted.kind) {
    case 'refused':
      throw new ProblemError(refusalProblem(accepted));
    case 'noStrategy':
      throw invalidSpec(accepted.errors);
    case 'keyReused':
      throw campaignKeyReused();
    case 'accepted': {
      const { campaign } = accepted;
      const location = `/api/campaigns/${campaign.record.id}`;
      return json(202, campaignShape(campaign, callerOf(request)), { location, ...pollHeaders(app) });
    }
  }
}

/** Whoever has a role for some scale sets may start a campaign that finds no others; the workflow judges it once more. */
async function mustStartEverywhere(request: HttpRequest, spec: CampaignSpec, app: App): Promise<void> {
  const caller = callerOf(request);
  if (denialOf('start', caller, {}) === undefined) return;
  const found = await layOut(spec, app.ports());
  if (found.kind === 'later') throw armUnreachable(found.why);
  const sets = found.kind === 'laidOut' ? takenOf(found.sets) : [];
  const denial = sets.length === 0 ? denialOf('start', caller, {}) : deniedOnAny('start', caller, { sets });
  if (denial !== undefined) throw new ProblemError(forbidden(denial));
}

/** `POST /campaign-plans` */
export function planCampaign(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const spec = specOf(await readJson(request));
    refuseNever('rollout.', spec.rollout, app);
    await countRequest(app, 'plan', request);
    const found = await previewCampaign({ spec, mayDo: mayDoOf(request) }, app.ports());
    if (found.kind === 'later') throw armUnreachable(found.why);
    if (found.kind === 'planned') return json(200, campaignPlanShape(spec, found));
    const { code, message, remedy } = found;
    throw new ProblemError({ status: 422, code, detail: message, remedy });
  });
}

function specOf(body: unknown): CampaignSpec {
  const read = readCampaignSpec(body);
  if (read.kind === 'invalid') throw invalidSpec(read.errors);
  return read.spec;
}
