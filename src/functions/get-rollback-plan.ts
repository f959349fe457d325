import type { HttpHandler } from '@azure/functions';
import { planRollback } from '../core/explain/rollback-plan.ts';
import { readPlan } from '../store/plans.ts';
import type { App } from './app.ts';
import { ProblemError } from './problem.ts';
import { findRecords } from './read-rollouts.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';
import { rollbackPlanShape } from './shapes.ts';

/** `GET /rollouts/{id}/rollback-plan`: what `rollback` would do now, from the records alone. */
export function getRollbackPlan(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { store } = app.ports();
    const { record, commands, rows, operations } = await findRecords(app, request, context);
    const { id } = record;
    const kept = await readPlan(store, id);
    const plan = planRollback({ record, commands, rows, operations, kept });
    if ('code' in plan)
      throw new ProblemError({ status: 409, code: 'wrongPhase', detail: plan.message, rolloutId: id });
    return jsonWithEtag(request, rollbackPlanShape(plan, record));
  });
}
