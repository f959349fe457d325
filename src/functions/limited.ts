import type { HttpRequest } from '@azure/functions';
import type { Act } from '../core/access/rights.ts';
import { access } from '../core/messages/access.ts';
import { limitRequest } from '../operations/limit-requests.ts';
import type { App } from './app.ts';
import { ProblemError } from './problem.ts';

/**
 * Counts a request that changes something; throws once its caller has sent too many in this minute. Only what is right
 * is counted: what is wrong leaves nothing behind.
 */
export async function countRequest(app: App, right: Act, request: HttpRequest): Promise<void> {
  const caller = app.identity.callerOf(request);
  const over = await limitRequest(right, caller, { limits: app.limits, ports: app.ports() });
  if (over === undefined) return;
  const { most, retryAfterSeconds } = over;
  const detail = access.tooOften(most);
  throw new ProblemError({ status: 429, code: 'tooManyRequests', detail, retryAfterSeconds });
}
