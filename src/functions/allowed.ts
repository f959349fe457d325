import type { HttpHandler, HttpRequest } from '@azure/functions';
import type { Place } from '../core/access/area.ts';
import type { Caller } from '../core/access/caller.ts';
import { denialOf } from '../core/access/rights.ts';
import type { Act, Target } from '../core/access/rights.ts';
import { callerByPolicy } from '../operations/policy.ts';
import type { MayDo } from '../operations/policy.ts';
import type { App } from './app.ts';
import { forbidden, ProblemError, problemResponse } from './problem.ts';
import { handle } from './request.ts';

const callers = new WeakMap<HttpRequest, Caller>();

/** Runs a function only for a caller who is somebody, and who may do such a thing at all, by the policy of this moment. */
export function allowed(app: App, act: Act, handler: HttpHandler): HttpHandler {
  return async (request, context) => {
    const refused = await app.identity.authenticate(request);
    if (refused !== undefined) return problemResponse(refused);
    return handle(async () => {
      const caller = await callerByPolicy(app.identity.callerOf(request), app.ports());
      const denial = denialOf(act, caller);
      if (denial !== undefined) return problemResponse(forbidden(denial));
      callers.set(request, caller);
      return await handler(request, context);
    })(request, context);
  };
}

/** Whoever sent it, with what the policy gives them; only behind `allowed`. */
export function callerOf(request: HttpRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('nobody was let through');
  return caller;
}

/** Refuses who may do it elsewhere, but not here. */
export function mustBeAllowed(request: HttpRequest, act: Act, target: Target): void {
  const denial = denialOf(act, callerOf(request), target);
  if (denial !== undefined) throw new ProblemError(forbidden(denial));
}

/** Why the caller may not do something somewhere, for whoever finds out where. */
export function mayDoOf(request: HttpRequest): MayDo {
  const caller = callerOf(request);
  return (act, { scaleSet, tags }) =>
    denialOf(act, caller, { scaleSet, ...(tags !== undefined && { tags }) });
}

/** Whether the caller may read what is of this scale set. */
export function mayRead(request: HttpRequest, place: Place): boolean {
  return denialOf('read', callerOf(request), place) === undefined;
}
