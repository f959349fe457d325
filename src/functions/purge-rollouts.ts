import type { TimerHandler } from '@azure/functions';
import { purgeRollouts } from '../operations/purge-rollouts.ts';
import type { App } from './app.ts';
import { workflowsOf } from './workflow.ts';

/** The timer that removes what nobody needs any more. */
export function purgeRolloutsTimer(app: App): TimerHandler {
  return async (_timer, context) => {
    await purgeRollouts(app.ports(), workflowsOf(context), app.retentionDays);
  };
}
