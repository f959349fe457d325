import type { HttpHandler } from '@azure/functions';
import type { Act } from '../core/access/rights.ts';
import { access } from '../core/messages/access.ts';
import { limitRequest } from '../operations/limit-requests.ts';
import type { Limited } from '../operations/limit-requests.ts';
import type { App } from './app.ts';
import { ProblemError } from './problem.ts';
import { handle } from './request.ts';

/** Runs a function only for a caller who has not asked for too much by now. */
export function limited(app: App, right: Act, handler: HttpHandler): HttpHandler {
  return handle(async (request, context) => {
    const caller = app.identity.callerOf(request);
    const over = await limitRequest(right, caller, { limits: app.limits, ports: app.ports() });
    if (over !== undefined) throw tooOften(over);
    return handler(request, context);
  });
}

function tooOften({ most, retryAfterSeconds }: Limited): ProblemError {
  const detail = access.tooOften(most);
  return new ProblemError({ status: 429, code: 'tooManyRequests', detail, retryAfterSeconds });
}
