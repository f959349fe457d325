import type { OrchestrationHandler } from 'durable-functions';
import type { WorkflowName } from '../core/record/runbook.ts';
import { campaign } from './campaign.ts';
import { guardRestoration } from './guard-restoration.ts';
import { rollout } from './rollout.ts';

/** Every workflow; the app registers each of them by its name. */
export const ORCHESTRATORS: Readonly<Record<WorkflowName, OrchestrationHandler>> = {
  rollout,
  guardRestoration,
  campaign,
};
