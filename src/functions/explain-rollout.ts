import type { HttpHandler } from '@azure/functions';
import { explain } from '../core/explain/explain.ts';
import { planRollback } from '../core/explain/rollback-plan.ts';
import { readEvents } from '../store/events.ts';
import { readLedger, readOperations } from '../store/ledger.ts';
import { readPlan } from '../store/plans.ts';
import type { App } from './app.ts';
import { findRollout } from './read-rollouts.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';
import { planShape, rollbackPlanShape } from './shapes.ts';

/** `GET /rollouts/{id}/explanation`: plan, what was done, what is left, and how to undo it without this tool. */
export function explainRollout(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { store } = app.ports();
    const found = await findRollout(app, request, context);
    const { id } = found.record;
    const [kept, rows, operations, events] = await Promise.all([
      readPlan(store, id),
      readLedger(store, id),
      readOperations(store, id),
      readEvents(store, id),
    ]);
    const { undo, ...explanation } = explain({ ...found, kept, rows, operations, events });
    const plan = kept === undefined ? null : planShape(kept.plan);
    const back = planRollback({ ...found, kept, rows, operations });
    const rollback = 'code' in back ? null : rollbackPlanShape(back, found.record);
    return jsonWithEtag(request, { ...explanation, plan, rollback, undo });
  });
}
