import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import type { Freeze, FreezeAct } from '../core/record/freeze.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { freeze, viewFreeze } from '../operations/freeze.ts';
import type { FreezeState } from './api/others.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { invalidSpec } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, json, jsonWithEtag, noQuery } from './request.ts';
import { workflowsOf } from './workflow.ts';

export const FreezeBody = z.strictObject({ reason: z.string().min(1).max(1000) });

/** `GET /freeze`: whether all writes are stopped, and who has ever stopped them and let them go on. */
export function getFreeze(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { freeze: standing, acts } = await viewFreeze(app.ports());
    return jsonWithEtag(request, { ...freezeShape(standing), acts });
  });
}

/** `POST /freeze` and `DELETE /freeze`: a reason is required. */
export function postFreeze(app: App, kind: FreezeAct['kind']): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const parsed = FreezeBody.safeParse(await readJson(request));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    await countRequest(app, kind === 'freeze' ? 'freeze' : 'liftFreeze', request);
    const asked = { kind, by: app.identity.callerOf(request).name, reason: parsed.data.reason };
    return json(200, freezeShape(await freeze(asked, app.ports(), workflowsOf(context))));
  });
}

function freezeShape(standing: Freeze | undefined): Answer<typeof FreezeState> {
  return standing === undefined ? { frozen: false } : { frozen: true, ...standing };
}
