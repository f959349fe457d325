import type { HttpHandler } from '@azure/functions';
import { membership } from '../core/messages/membership.ts';
import { previewRollout } from '../operations/preview-rollout.ts';
import { mayDoOf, mustBeAllowed } from './allowed.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { policyProblem } from './policy.ts';
import {
  accessDenied,
  armThrottled,
  armUnreachable,
  invalidSpec,
  ProblemError,
  refusalProblem,
} from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, json, noQuery } from './request.ts';
import { planOf } from './shapes.ts';
import { specOf } from './start-rollout.ts';

/** `POST /plans`: what a rollout of this spec would do. Reads only. */
export function makePlan(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const spec = specOf(await readJson(request));
    mustBeAllowed(request, 'plan', { scaleSet: spec.scaleSet, tags: 'unread' });
    await countRequest(app, 'plan', request);
    const found = await previewRollout({ spec, mayDo: mayDoOf(request) }, app.ports());
    switch (found.kind) {
      case 'planned':
        return json(200, planOf(found.plan, spec, app.ports().clock.now()));
      case 'refused':
        throw new ProblemError(refusalProblem(found));
      case 'noStrategy':
      case 'never':
        throw invalidSpec(found.errors);
      case 'outOfScope':
      case 'againstPolicy':
      case 'forbidden':
      case 'untold':
        throw policyProblem(found);
      case 'denied':
        throw accessDenied(found);
      case 'throttled':
        throw armThrottled(found.retryAfterSeconds);
      case 'short':
        throw armUnreachable(membership.noneListed(found.capacity));
      case 'vague':
        throw armUnreachable(membership.withoutStates(found.instances));
      case 'unreachable':
        throw armUnreachable(found.message);
    }
  });
}
