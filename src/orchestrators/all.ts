import type { OrchestrationHandler } from 'durable-functions';
import type { RunbookName } from '../core/record/runbook.ts';
import { guardRestoration } from './guard-restoration.ts';
import { rollout } from './rollout.ts';

/** Every runbook; the app registers each of them by its name. */
export const ORCHESTRATORS: Readonly<Record<RunbookName, OrchestrationHandler>> = {
  rollout,
  guardRestoration,
};
