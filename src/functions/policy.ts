import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { Policy } from '../core/access/policy.ts';
import { policy as words } from '../core/messages/policy.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { setPolicy, viewPolicy } from '../operations/policy.ts';
import type { Forbidden } from '../operations/policy.ts';
import type { PolicyState, PolicyView } from './api/others.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { forbidden as forbiddenProblem, invalidSpec, ProblemError, readProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, json, noQuery } from './request.ts';

export const PolicyBody = z.strictObject({ policy: Policy, reason: z.string().min(1).max(1000).optional() });

/** `GET /policy`: as it stands, with its ETag, and every version that there ever was. */
export function getPolicy(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { number, policy, versions } = await viewPolicy(app.ports());
    const view: Answer<typeof PolicyView> = { policy, versions };
    return json(200, view, { etag: etagOf(number) });
  });
}

/** `PUT /policy`: only over the version that the caller has read. */
export function putPolicy(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const after = versionIn(request);
    const parsed = PolicyBody.safeParse(await readJson(request));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    await countRequest(app, 'setPolicy', request);
    const { policy, reason } = parsed.data;
    const by = app.identity.callerOf(request).name;
    const asked = { policy, by, after, ...(reason !== undefined && { reason }) };
    if (!(await setPolicy(asked, app.ports()))) throw moved();
    const state: Answer<typeof PolicyState> = { policy };
    return json(200, state, { etag: etagOf(after + 1) });
  });
}

/** What the policy has against a rollout. */
export function policyProblem(forbidden: Forbidden): ProblemError {
  if (forbidden.kind === 'outOfScope') {
    const [detail, remedy] = [words.outOfScope, words.outOfScopeRemedy];
    return new ProblemError({ status: 403, code: 'outOfScope', detail, remedy });
  }
  if (forbidden.kind === 'forbidden') return new ProblemError(forbiddenProblem(forbidden.denial));
  if (forbidden.kind === 'untold') return readProblem(forbidden.read);
  const { errors } = forbidden;
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ProblemError({ status: 422, code: 'againstPolicy', detail, errors });
}

function etagOf(number: number): string {
  return `"policy-${number}"`;
}

function versionIn(request: HttpRequest): number {
  const given = request.headers.get('if-match');
  if (given === null) {
    throw new ProblemError({ status: 428, code: 'preconditionRequired', detail: words.wantsIfMatch });
  }
  const number = /^(?:W\/)?"policy-(\d{1,9})"$/.exec(given.trim())?.[1];
  if (number === undefined) throw moved();
  return Number(number);
}

function moved(): ProblemError {
  const [detail, remedy] = [words.moved, words.movedRemedy];
  return new ProblemError({ status: 412, code: 'policyMoved', detail, remedy });
}
