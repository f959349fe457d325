import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Place } from '../core/access/area.ts';
import { denialOf } from '../core/access/rights.ts';
import { access } from '../core/messages/access.ts';
import { http } from '../core/messages/http.ts';
import type { Queued } from '../core/record/lease.ts';
import { readSpec } from '../core/spec/spec.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { acceptRollout } from '../operations/accept-rollout.ts';
import type { AskedRollout } from '../operations/accept-rollout.ts';
import type { TooMany } from '../operations/limit-requests.ts';
import { callerOf, mayDoOf, mustBeAllowed } from './allowed.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { policyProblem } from './policy.ts';
import { invalidSpec, keyReused, ProblemError, refusalProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, idempotencyKey, json, noQuery, pollHeaders } from './request.ts';
import { rolloutShape } from './shapes.ts';
import { workflowsOf } from './workflow.ts';

/** `POST /rollouts` */
export function startRollout(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    return accept(specOf(await readJson(request)), app, request, context);
  });
}

/** Begins a rollout by a spec, however the spec came. */
export async function accept(
  spec: RolloutSpec,
  app: App,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const caller = callerOf(request);
  mustBeAllowed(request, 'start', { scaleSet: spec.scaleSet, tags: 'unread' });
  await countRequest(app, 'start', request);
  const asked = askedBy(request, spec, app);
  const accepted = await acceptRollout(asked, app.ports(), workflowsOf(context));
  switch (accepted.kind) {
    case 'refused':
      throw new ProblemError(refusalProblem(accepted));
    case 'noStrategy':
    case 'never':
      throw invalidSpec(accepted.errors);
    case 'keyReused':
      throw keyReused('rollout', accepted.rolloutId);
    case 'outOfScope':
    case 'againstPolicy':
    case 'forbidden':
    case 'untold':
      throw policyProblem(accepted);
    case 'tooMany':
      throw tooManyProblem(accepted);
    case 'busy':
      throw busy(accepted.holder);
    case 'accepted': {
      const location = `/api/rollouts/${accepted.record.id}`;
      return json(202, rolloutShape(accepted, caller), { location, ...pollHeaders(app) });
    }
  }
}

function askedBy(request: HttpRequest, spec: RolloutSpec, app: App): AskedRollout {
  const caller = callerOf(request);
  return {
    spec,
    by: caller.name,
    mayDo: mayDoOf(request),
    key: idempotencyKey(request),
    limits: app.limits,
    // To take another's place is to abort it.
    mayReplace: ({ by: requestedBy }: Queued, { scaleSet, tags }: Place) =>
      denialOf('abort', caller, {
        scaleSet,
        requestedBy,
        // Roles by tag count only where the tags are known.
        ...(tags !== undefined && tags !== 'unread' && { tags }),
      }) === undefined,
  };
}

export function specOf(body: unknown): RolloutSpec {
  const read = readSpec(body);
  if (read.kind === 'invalid') throw invalidSpec(read.errors);
  return read.spec;
}

function tooManyProblem({ of, most, retryAfterSeconds }: TooMany): ProblemError {
  const { detail, remedy } = access.tooMany[of];
  return new ProblemError({
    status: 429,
    code: 'tooManyRequests',
    detail: detail(most),
    remedy,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function busy(holder: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'scaleSetBusy',
    detail: http.busy(holder),
    remedy: http.busyRemedy(holder),
    rolloutId: holder,
  });
}
