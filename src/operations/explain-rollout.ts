import type { Ports } from '../activities/frame/ports.ts';
import { explain } from '../core/explain/explain.ts';
import { planRollback } from '../core/explain/rollback-plan.ts';
import { readEvents } from '../store/events.ts';
import { readPlan } from '../store/plans.ts';
import { findRecords } from './find-rollout.ts';
import type { Workflows } from './workflows.ts';

/** All that somebody needs to know who was woken by this rollout; `undefined` where there is none. */
export async function explainRollout(id: string, ports: Ports, workflows: Workflows) {
  const found = await findRecords(id, ports, workflows);
  if (found === undefined) return undefined;
  const { store } = ports;
  const [kept, events] = await Promise.all([readPlan(store, id), readEvents(store, id)]);
  return {
    record: found.record,
    plan: kept?.plan,
    rollback: planRollback({ ...found, kept }),
    explanation: explain({ ...found, kept, events }),
  };
}

/** What `rollback` would do now, from the records alone; `undefined` where there is no such rollout. */
export async function previewRollback(id: string, ports: Ports, workflows: Workflows) {
  const found = await findRecords(id, ports, workflows);
  if (found === undefined) return undefined;
  const kept = await readPlan(ports.store, id);
  return { record: found.record, rollback: planRollback({ ...found, kept }) };
}
