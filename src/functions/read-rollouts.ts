import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Ports } from '../activities/frame/ports.ts';
import { isEnded } from '../core/record/phase.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { explainRollout, previewRollback } from '../operations/explain-rollout.ts';
import { findEvents, findPlan, findRollout, findRows } from '../operations/find-rollout.ts';
import { lookAtRollout } from '../operations/pulse.ts';
import type { Workflows } from '../operations/workflows.ts';
import { callerOf, mustBeAllowed } from './allowed.ts';
import type { App } from './app.ts';
import { noRollout } from './no-rollout.ts';
import { preparedFor } from './prepared.ts';
import { notFound, wrongPhase } from './problem.ts';
import { handle, idIn, jsonWithEtag, noQuery, pollHeaders, sentOnce } from './request.ts';
import { instanceShape, planOf, rollbackPlanShape, rolloutShape } from './shapes.ts';
import { workflowsOf } from './workflow.ts';

/** `GET /rollouts/{id}` */
export function getRollout(app: App): HttpHandler {
  return reading(app, lookAtRollout, (found, request) =>
    jsonWithEtag(
      request,
      rolloutShape(found, callerOf(request)),
      isEnded(found.record.phase) ? {} : pollHeaders(app),
    ),
  );
}

/** `GET /rollouts/{id}/plan` */
export function getPlan(app: App): HttpHandler {
  return reading(app, findPlan, ({ plan, record }, request) => {
    if (plan === undefined) throw notFound(`plan of rollout ${idIn(request)}`);
    return jsonWithEtag(request, planOf(plan, whenOf(record), app.ports().clock.now()));
  });
}

/** `GET /rollouts/{id}/instances` */
export function getInstances(app: App): HttpHandler {
  return reading(app, findRows, (rows, request) => sentOnce(request, preparedFor(rows, instances)));
}

const instances = (rows: readonly LedgerRow[]) => ({ value: rows.map((row) => instanceShape(row)) });

/** `GET /rollouts/{id}/events`, oldest first. */
export function getEvents(app: App): HttpHandler {
  return reading(app, findEvents, (value, request) => jsonWithEtag(request, { value }));
}

/** `GET /rollouts/{id}/rollback-plan`: what `rollback` would do now, from the records alone. */
export function getRollbackPlan(app: App): HttpHandler {
  return reading(app, previewRollback, ({ record, rollback }, request) => {
    if ('code' in rollback) throw wrongPhase(rollback.message, record.id);
    return jsonWithEtag(request, rollbackPlanShape(rollback, record));
  });
}

/** `GET /rollouts/{id}/explanation`: plan, what was done, what is left, and how to undo it without this tool. */
export function getExplanation(app: App): HttpHandler {
  return reading(app, explainRollout, ({ record, plan, rollback, explanation }, request) => {
    const { undo, ...others } = explanation;
    return jsonWithEtag(request, {
      ...others,
      plan: plan === undefined ? null : planOf(plan, whenOf(record), app.ports().clock.now()),
      rollback: 'code' in rollback ? null : rollbackPlanShape(rollback, record),
      undo,
    });
  });
}

/** An ended rollout begins no batch any more. */
function whenOf({ phase, spec }: RolloutRecord): Partial<RolloutSpec> {
  return isEnded(phase) ? {} : spec;
}

/** Answers a GET below `/rollouts/{id}`, which knows no query: what was found, in the shape of the API. */
function reading<T>(
  app: App,
  find: (id: string, ports: Ports, workflows: Workflows) => Promise<T | undefined>,
  shape: (found: T, request: HttpRequest) => HttpResponseInit,
): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const id = idIn(request);
    // Most callers read everything, and nothing more is read for them.
    if (callerOf(request).grants !== undefined) {
      const rollout = await findRollout(id, app.ports(), workflowsOf(context));
      if (rollout !== undefined) mustBeAllowed(request, 'read', rollout.record);
    }
    const found = await find(id, app.ports(), workflowsOf(context));
    if (found === undefined) throw noRollout(id, app);
    return shape(found, request);
  });
}
