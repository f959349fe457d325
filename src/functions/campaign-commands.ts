import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { campaignNext } from '../core/campaign/objections.ts';
import type { CampaignCommandName } from '../core/campaign/commands.ts';
import { campaigns as words } from '../core/messages/campaigns.ts';
import { commandLine } from '../core/messages/shell.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetId } from '../core/spec/spec.ts';
import { sendCampaignCommand } from '../operations/campaigns/send-campaign-command.ts';
import type { CampaignSent } from '../operations/campaigns/send-campaign-command.ts';
import { undoCampaign } from '../operations/campaigns/undo-campaign.ts';
import { callerOf } from './allowed.ts';
import type { App } from './app.ts';
import { campaignKeyReused, noCampaign } from './campaign-problems.ts';
import { campaignShape } from './campaign-shapes.ts';
import { begun } from './campaigns.ts';
import { countRequest } from './limited.ts';
import { forbidden, invalidSpec, ProblemError } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, idempotencyKey, idIn, json, noQuery, pollHeaders } from './request.ts';
import { workflowsOf } from './workflow.ts';

export const CampaignCommandBody = z.strictObject({
  reason: z.string().max(1000).optional(),
  stage: z.int().nonnegative().optional(),
  scaleSets: z.array(scaleSetId).min(1).max(1000).optional(),
});

export const CampaignUndoBody = z.strictObject({ reason: z.string().max(1000).optional() });

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

/** `POST /campaigns/{id}/undo`: a new campaign, which undoes this one. */
export function postCampaignUndo(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { reason } = bodyOf(CampaignUndoBody, await readJson(request, { optional: true }));
    await countRequest(app, 'start', request);
    const asked = { id: idIn(request), caller: callerOf(request), reason, key: idempotencyKey(request) };
    const undone = await undoCampaign(asked, app.ports(), workflowsOf(context));
    if (undone.kind === 'noCampaign' || undone.kind === 'denied' || undone.kind === 'objection')
      throw problemOf(undone, asked.id);
    return begun(undone, request, app);
  });
}

function saidIn(body: unknown, command: CampaignCommandName) {
  const { reason, stage, scaleSets } = bodyOf(CampaignCommandBody, body);
  const stray = [
    ...(stage !== undefined && command !== 'approve' && command !== 'reject' ? ['stage'] : []),
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
      return campaignKeyReused();
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

function bodyOf<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
  return parsed.data;
}
