import type { HttpHandler } from '@azure/functions';
import { notices as words } from '../core/messages/notices.ts';
import { batchName } from '../core/record/progress.ts';
import { findRollout } from '../operations/find-rollout.ts';
import { followGateLink } from '../operations/gate-link.ts';
import { mustBeAllowed } from './allowed.ts';
import type { GateLink } from './api/notices.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { noRollout } from './no-rollout.ts';
import { ProblemError } from './problem.ts';
import { handle, idIn, jsonWithEtag, noQuery } from './request.ts';
import { workflowsOf } from './workflow.ts';

/** `GET /rollouts/{id}/gate-links/{token}`: what a link in a request for an approval leads to. It changes nothing. */
export function getGateLink(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const id = idIn(request);
    const found = await findRollout(id, app.ports(), workflowsOf(context));
    if (found === undefined) throw noRollout(id, app);
    mustBeAllowed(request, 'read', found.record);
    const verdict = followGateLink(found.record, request.params['token'] ?? '', app.ports());
    if (verdict.kind === 'forged')
      throw new ProblemError({ status: 400, code: 'linkForged', detail: words.linkForged });
    if (verdict.kind === 'expired')
      throw new ProblemError({ status: 410, code: 'linkExpired', detail: words.linkExpired });
    const { link, isOpen } = verdict;
    const { planHash } = found.record;
    const answer: Answer<typeof GateLink> = {
      rollout: id,
      batch: link.batch,
      open: isOpen,
      message: (isOpen ? words.linkOpen : words.linkDecided)(batchName(found.record, link.batch)),
      expires: link.expires,
      ...(isOpen && planHash !== undefined && { planHash }),
    };
    return jsonWithEtag(request, answer);
  });
}
