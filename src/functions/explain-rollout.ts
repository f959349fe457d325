import type { HttpHandler } from '@azure/functions';
import { explain } from '../core/explain/explain.ts';
import { planRollback } from '../core/explain/rollback-plan.ts';
import { readEvents } from '../store/events.ts';
import { readPlan } from '../store/plans.ts';
import type { App } from './app.ts';
import { findRecords } from './read-rollouts.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';
import { planShape, rollbackPlanShape } from './shapes.ts';

/** `GET /rollouts/{id}/explanation`: plan, what was done, what is left, and how to undo it without this tool. */
export function explainRollout(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { store } = app.ports();
    const { record, commands, rows, operations } = await findRecords(app, request, context);
    const [kept, events] = await Promise.all([readPlan(store, record.id), readEvents(store, record.id)]);
    const found = { record, commands, rows, operations, kept };
    const { undo, ...explanation } = explain({ ...found, events });
    const plan = kept === undefined ? null : planShape(kept.plan);
    const back = planRollback(found);
    const rollback = 'code' in back ? null : rollbackPlanShape(back, record);
    return jsonWithEtag(request, { ...explanation, plan, rollback, undo });
  });
}
